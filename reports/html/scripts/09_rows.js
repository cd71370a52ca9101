// Tables of any length: only the rows near the screen exist; two spacers stand for the others.

const NEARBY = 8;
// Row heights that were measured, by the kind of table and the width of the page.
const HEIGHTS = new Map();
let windows = [];

class RowWindow {
  constructor(table, body, columns) {
    this.table = table;
    this.body = body;
    this.above = spacer(columns);
    this.below = spacer(columns);
    this.rows = new Map();
    this.height = 40;
    this.setHeight();
    this.count = 0;
    this.isWhole = false;
    this.nearby = NEARBY;
    body.append(this.above, this.below);
    windows.push(this);
  }

  // Show `count` rows, of which `make(place)` gives one.
  fill(count, make) {
    this.count = count;
    this.make = make;
    this.table.setAttribute("aria-rowcount", String(count + 1));
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    const isKnown = this.setHeight();
    // What is on screen at once, what is near it a moment later.
    this.nearby = 1;
    this.draw();
    this.nearby = NEARBY;
    requestAnimationFrame(() => this.draw());
    if (!isKnown) this.measure();
  }

  setHeight() {
    const known = HEIGHTS.get(this.kind());
    if (known !== undefined) this.height = known;
    return known !== undefined;
  }

  kind() {
    return `${this.table.className} ${window.innerWidth} ${devicePixelRatio}`;
  }

  measure() {
    const first = this.rows.values().next().value;
    if (first === undefined || first.offsetHeight === 0) return;
    this.height = first.getBoundingClientRect().height;
    HEIGHTS.set(this.kind(), this.height);
    this.draw();
  }

  range() {
    if (this.isWhole) return [0, this.count];
    // The upper spacer's place does not depend on which rows exist.
    const top = this.above.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(-top / this.height) - this.nearby);
    const last = Math.min(this.count, Math.ceil((window.innerHeight - top) / this.height) + this.nearby);
    return [Math.min(first, this.count), Math.max(first, last)];
  }

  draw() {
    const [first, last] = this.range();
    for (const [place, row] of this.rows) {
      if (place >= first && place < last) continue;
      // A reader whose row scrolls away keeps a place in the page.
      if (row.contains(document.activeElement)) this.table.focus({ preventScroll: true });
      row.remove();
      this.rows.delete(place);
    }
    let after = this.below;
    for (let place = last - 1; place >= first; place--) {
      let row = this.rows.get(place);
      if (row === undefined) {
        row = stateRoles(this.make(place));
        row.setAttribute("aria-rowindex", String(place + 2));
        this.rows.set(place, row);
        this.body.insertBefore(row, after);
      }
      after = row;
    }
    this.above.firstChild.style.height = `${first * this.height}px`;
    this.below.firstChild.style.height = `${Math.max(0, this.count - last) * this.height}px`;
  }

  // Bring a row onto the screen, below whatever sticks to the top.
  reveal(place, { isCentred = false } = {}) {
    const header = document.querySelector(".masthead").offsetHeight + 90;
    const top = this.above.getBoundingClientRect().top + place * this.height;
    if (isCentred) window.scrollBy(0, top - window.innerHeight / 3);
    else if (top < header) window.scrollBy(0, top - header);
    else if (top + 2 * this.height > window.innerHeight) window.scrollBy(0, top + 2 * this.height - window.innerHeight);
    this.draw();
    return this.rows.get(place);
  }
}

function spacer(columns) {
  return el("tr", { class: "spacer", "aria-hidden": "true" }, el("td", { colspan: String(columns) }));
}

function drawWindows() {
  for (const rows of windows) rows.draw();
}

function showWhole(isWhole) {
  for (const rows of windows) {
    rows.isWhole = isWhole;
    rows.draw();
  }
}

function watchScrolling() {
  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      drawWindows();
    });
  };
  window.addEventListener("scroll", ask, { passive: true });
  window.addEventListener("resize", () => {
    for (const rows of windows) rows.measure();
    ask();
  });
  window.addEventListener("beforeprint", () => showWhole(true));
  window.addEventListener("afterprint", () => showWhole(false));
}

// A table in a frame that scrolls sideways where it must, with a caption that says what it shows.
function table(caption, kind, head, body) {
  const made = el(
    "table",
    { class: kind, tabindex: "-1" },
    el("caption", { class: "for-readers" }, caption),
    el("thead", {}, el("tr", {}, head)),
    body,
  );
  return made;
}

// A narrow page lays rows out as blocks, which takes their meaning away unless it is stated.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

function stateRoles(made) {
  for (const element of [made, ...made.querySelectorAll("thead, tbody, tr, th, td")]) {
    const ofHeading = element.getAttribute("scope") === "row" ? "rowheader" : "columnheader";
    element.setAttribute("role", element.tagName === "TH" ? ofHeading : ROLES[element.tagName]);
  }
  return made;
}

// The frame in which a table may scroll sideways. Where nothing in the table takes the focus, the frame does.
function framed(made) {
  const takesFocus = made.querySelector("a, button") !== null || made.getAttribute("aria-rowcount") !== null;
  const reached = takesFocus ? {} : { tabindex: "0", role: "region", "aria-label": made.caption.textContent };
  return el("div", { class: "frame", ...reached }, made);
}

function heading(...content) {
  return el("th", { scope: "col" }, ...content);
}

// A heading that sorts, and says how it is sorted.
function sortHeading(label, name, current, kind) {
  const [by, direction] = current;
  const isOn = by === name;
  const next = isOn && direction === "down" ? "up" : "down";
  const arrow = isOn ? (direction === "down" ? " ↓" : " ↑") : "";
  const button = el(
    "button",
    { type: "button", class: "sort", onclick: () => go({ sort: `${name}-${next}` }) },
    label,
    el("span", { "aria-hidden": "true" }, arrow),
  );
  return el(
    "th",
    { scope: "col", class: kind, "aria-sort": isOn ? (direction === "down" ? "descending" : "ascending") : null },
    button,
  );
}

// "name-down" from the address, or what a table starts with.
function sorting(names, start) {
  const [name, direction] = state.sort.split("-");
  return names.includes(name) ? [name, direction === "up" ? "up" : "down"] : start;
}

function ordered(rows, value, direction) {
  const sign = direction === "up" ? 1 : -1;
  const compare = (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (typeof x === "string") return sign * x.localeCompare(y, "en", { numeric: true });
    // Whatever has no number comes last, either way round.
    return Number.isNaN(x) || Number.isNaN(y)
      ? Number(Number.isNaN(x)) - Number(Number.isNaN(y))
      : sign * (x === y ? 0 : x < y ? -1 : 1);
  };
  return [...rows].sort(compare);
}
