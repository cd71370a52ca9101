// What is shown stands in the address, so that every view and every failure can be linked and the back button works.

const VIEWS = ["overview", "matrix", "accuracy", "comparison", "findings", "history", "about"];
const DEFAULTS = { view: "overview", q: "", clause: "", check: "", backend: "", sort: "", a: "", b: "", show: "", order: "" };

let state = { ...DEFAULTS };

function readAddress() {
  const [view, rest] = splitOnce(location.hash.slice(1), "?");
  const next = { ...DEFAULTS, view: VIEWS.includes(view) ? view : DEFAULTS.view };
  for (const [name, value] of new URLSearchParams(rest)) {
    if (name in DEFAULTS && name !== "view") next[name] = value;
  }
  return next;
}

function splitOnce(text, mark) {
  const place = text.indexOf(mark);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + mark.length)];
}

function addressOf(changed) {
  const next = { ...state, ...changed };
  const parameters = new URLSearchParams();
  for (const name of Object.keys(DEFAULTS)) {
    if (name !== "view" && next[name] !== DEFAULTS[name]) parameters.set(name, next[name]);
  }
  const rest = parameters.toString();
  return `#${next.view}${rest === "" ? "" : `?${rest}`}`;
}

// The address of a view from nothing: what a link in the page points to.
function linkTo(view, rest) {
  return addressOf({ ...DEFAULTS, view, ...rest });
}

function go(changed, { replace = false } = {}) {
  const address = addressOf(changed);
  state = { ...state, ...changed };
  if (address !== location.hash) {
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  }
  showState();
}

function viewLink(view, rest, ...children) {
  return el("a", { href: linkTo(view, rest) }, ...children);
}

function queryLink(query, ...children) {
  return viewLink("matrix", { q: query }, ...children);
}

function clauseLink(clause, rest) {
  return el("a", { class: "id", href: linkTo("matrix", { clause: clause.id, ...rest }) }, clause.id);
}
