// Building elements. Text goes in as text and nothing else: no markup is ever read from data.

const SVG = "http://www.w3.org/2000/svg";

function el(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

function svg(name, attributes, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes === undefined || attributes === null ? {} : attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(typeof child === "object" ? child : document.createTextNode(String(child)));
  }
}

function replaceChildren(element, ...children) {
  element.textContent = "";
  append(element, children);
}

// Only addresses of the web become links; whatever else a file says is shown as the text that it is.
function outward(address, label, kind) {
  if (address === null || address === "") return null;
  if (!/^https?:\/\/[^\s]+$/i.test(address)) return el("code", {}, address);
  return el(
    "a",
    {
      href: address,
      rel: "noopener noreferrer external",
      target: "_blank",
      class: kind === undefined ? "outward" : kind,
    },
    label === undefined ? address : label,
  );
}

function hidden(text) {
  return el("span", { class: "for-readers" }, text);
}

function statusMark(status, more) {
  return el(
    "span",
    { class: `status ${status.word.replace(" ", "-")}` },
    el("span", { class: "glyph", "aria-hidden": "true" }, status.glyph),
    ` ${status.word}`,
    more,
  );
}

function impreciseMark() {
  return el(
    "span",
    { class: "status imprecise", title: IMPRECISE.meaning },
    el("span", { class: "glyph", "aria-hidden": "true" }, IMPRECISE.glyph),
    " imprecise",
  );
}

function code(text) {
  return el("code", {}, text);
}

function copyButton(text, label) {
  return el(
    "button",
    { type: "button", class: "copy", "aria-label": label, onclick: (event) => copyText(text, event.currentTarget) },
    "Copy",
  );
}

async function copyText(text, button) {
  let copied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copied = copyBySelection(text, button);
  }
  const before = button.textContent;
  button.textContent = copied ? "Copied" : "Press Ctrl+C";
  announce(copied ? "Copied." : "Copying was refused by the browser.");
  setTimeout(() => (button.textContent = before === "Copied" ? "Copy" : before), 1600);
}

// Where the clipboard is closed to pages opened from a folder, the older way through a selection still works.
function copyBySelection(text, button) {
  const area = el("textarea", { class: "for-readers", readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  button.focus();
  return copied;
}

function announce(message) {
  document.getElementById("announcer").textContent = message;
}
