// The page as a whole: the bar at the top, the keys, the theme, and which view is shown.

const SHOW = { overview: showOverview, matrix: showMatrix, accuracy: showAccuracy, comparison: showComparison, findings: showFindings, history: showHistory, about: showAbout };
// Views that a search narrows; from the others a search leads to the matrix.
const SEARCHED = new Set(["matrix", "accuracy", "comparison", "findings"]);

let model = null;
let shownKey = null;
let lastView = null;

function showState() {
  const main = document.getElementById("view");
  const key = JSON.stringify({ ...state, clause: state.view === "matrix" ? "" : state.clause, check: "", backend: "" });
  // Opening a behaviour leaves the list beside it as it is.
  if (key !== shownKey || state.view === "matrix") {
    if (state.view !== "matrix") document.body.classList.remove("with-panel");
    SHOW[state.view](main);
    shownKey = key;
  }
  for (const link of document.querySelectorAll(".views a")) {
    const isHere = link.dataset.view === state.view;
    link.href = linkTo(link.dataset.view, SEARCHED.has(link.dataset.view) && SEARCHED.has(state.view) ? { q: state.q } : {});
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  showSearchState();
  document.title = titleOf();
  if (lastView !== null && lastView !== state.view) window.scrollTo(0, 0);
  lastView = state.view;
}

function titleOf() {
  const name = { overview: "Overview", matrix: "Behaviours", accuracy: "Accuracy", comparison: "Comparison", findings: "Findings", history: "History", about: "How to read this page" }[state.view];
  return `${state.view === "matrix" && state.clause !== "" ? state.clause : name} — ${document.body.dataset.title}`;
}

function showSearchState() {
  const box = document.getElementById("search");
  if (document.activeElement !== box || box.value.trim() === "" || state.q === "") box.value = state.q;
  for (const chip of document.querySelectorAll(".suggestions button")) chip.setAttribute("aria-pressed", String(hasFilter(state.q, chip.dataset.filter) || state.q === chip.dataset.filter));
  document.querySelector(".suggestions").hidden = !SEARCHED.has(state.view);
}

function prepareSearchBox() {
  const box = document.getElementById("search");
  box.addEventListener("input", () => ask(box.value.trim()));
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!SEARCHED.has(state.view)) ask(box.value.trim());
    if (state.view === "matrix" && matrix.list.length > 0) moveSelection(1);
  });
  const filters = [...EXAMPLES];
  if (model.current.length > 1) filters.splice(3, 0, `differs:${quotedValue(model.current[0].name)},${quotedValue(model.current[1].name)}`);
  for (const column of model.current.length > 1 ? model.current : []) filters.push(`backend:${quotedValue(column.name)}`);
  const chips = filters.map((filter) => {
    const chip = el("button", { type: "button", class: "chip", onclick: () => ask(filter.includes(" ") ? (state.q === filter ? "" : filter) : toggled(state.q, filter), { isTyped: false }) }, filter);
    chip.dataset.filter = filter;
    return chip;
  });
  replaceChildren(document.querySelector(".suggestions"), chips, viewLink("about", {}, "All filters"));
}

function ask(q, { isTyped = true } = {}) {
  const view = SEARCHED.has(state.view) ? state.view : "matrix";
  go({ view, q, clause: "", check: "", backend: "" }, { replace: isTyped && view === state.view });
  if (!isTyped) document.getElementById("search").value = q;
}

function prepareKeys() {
  let isGoing = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) return;
    const isTyping = event.target.closest("input, select, textarea") !== null;
    if (event.key === "Escape") return escape(event);
    if (isTyping) return;
    if (isGoing) {
      isGoing = false;
      const view = VIEWS.find((name) => name[0] === event.key && name !== "about");
      if (view !== undefined) return taken(event, () => go({ ...DEFAULTS, view }));
    }
    if (event.key === "g") isGoing = true;
    else if (event.key === "/") taken(event, () => document.getElementById("search").focus());
    else if (event.key === "?") taken(event, showKeys);
    else if (state.view === "matrix" && (event.key === "j" || event.key === "k")) taken(event, () => moveSelection(event.key === "j" ? 1 : -1));
    else if (event.key === "Enter" && event.target.closest("table.matrix tr.clause a.id") !== null) taken(event, () => openSelected(event.target.closest("tr").clause));
  });
}

function taken(event, act) {
  event.preventDefault();
  act();
}

function openSelected(clause) {
  go({ clause: clause.id, check: "", backend: "" });
  matrix.panel.querySelector("h2").focus({ preventScroll: true });
}

function escape(event) {
  const box = document.getElementById("search");
  if (event.target === box && box.value !== "") return taken(event, () => ask("", { isTyped: false }));
  if (event.target === box) return box.blur();
  if (state.view === "matrix" && state.clause !== "") taken(event, closePanel);
}

// System, light or dark; kept for the next page where the browser lets a page opened from a folder keep anything.
function prepareTheme() {
  const button = document.getElementById("theme");
  const themes = ["system", "light", "dark"];
  let theme = remembered();
  const show = () => {
    if (theme === "system") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = theme;
    button.textContent = { system: "◐ System", light: "☀ Light", dark: "☾ Dark" }[theme];
    button.setAttribute("aria-label", `Colours: ${theme}. Change`);
  };
  button.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    try {
      localStorage.setItem("conformance-theme", theme);
    } catch {
      // Then it holds until the page is closed.
    }
    show();
  });
  show();
}

function remembered() {
  try {
    const theme = localStorage.getItem("conformance-theme");
    return theme === "light" || theme === "dark" ? theme : "system";
  } catch {
    return "system";
  }
}

async function start() {
  document.documentElement.classList.remove("no-script");
  prepareTheme();
  if (typeof DecompressionStream === "undefined") return tellFault("This browser is too old to unpack the page's data: it needs DecompressionStream (Chromium 80, Firefox 113, Safari 16.4 or newer). The result files hold everything that is here.");
  try {
    model = unpack(await readData());
  } catch (error) {
    return tellFault(`The page's data cannot be read, so the file is probably damaged: make it again from its result files. (${error.message})`);
  }
  prepareSearch();
  prepareCounts();
  prepareSearchBox();
  prepareKeys();
  watchScrolling();
  document.getElementById("help").addEventListener("click", showKeys);
  window.addEventListener("hashchange", () => {
    // The address is the newer one: what waits to be written to it is not.
    clearTimeout(resting);
    resting = null;
    state = readAddress();
    showState();
  });
  state = readAddress();
  showState();
  document.body.dataset.ready = "true";
  performance.mark("ready");
}

function tellFault(message) {
  replaceChildren(document.getElementById("view"), el("p", { class: "warning", role: "alert" }, message));
}

start();
