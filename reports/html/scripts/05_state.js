// What is shown stands in the address, so that every view and every failure can be linked and the back button works.

const VIEWS = ["overview", "matrix", "accuracy", "comparison", "findings", "history", "about"];
const DEFAULTS = {
  view: "overview",
  q: "",
  clause: "",
  check: "",
  backend: "",
  sort: "",
  a: "",
  b: "",
  show: "",
  order: "",
};

let state = { ...DEFAULTS };

function readAddress() {
  const [view, rest] = splitOnce(location.hash.slice(1), "?");
  const next = { ...DEFAULTS, view: VIEWS.includes(view) ? view : DEFAULTS.view };
  for (const [name, value] of new URLSearchParams(rest)) {
    if (Object.hasOwn(DEFAULTS, name) && name !== "view") next[name] = value;
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

// While somebody types, the address follows when the hand rests: browsers refuse it a hundred times in half a minute.
const REST = 200;
let resting = null;

function go(changed, { replace = false } = {}) {
  if (!replace) settleAddress();
  state = { ...state, ...changed };
  showState();
  if (!replace && addressOf({}) !== location.hash) history.pushState(null, "", addressOf({}));
  else if (replace && resting === null) resting = setTimeout(settleAddress, REST);
}

// Write the address of what is shown, where that still waits.
function settleAddress() {
  if (resting === null) return;
  clearTimeout(resting);
  resting = null;
  history.replaceState(null, "", addressOf({}));
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
