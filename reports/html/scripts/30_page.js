// The page as a whole: the bar at the top, the keys, the theme, and which view is shown.

const SHOW = {
  overview: showOverview,
  matrix: showMatrix,
  accuracy: showAccuracy,
  comparison: showComparison,
  findings: showFindings,
  history: showHistory,
  about: showAbout,
};
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
    link.href = linkTo(
      link.dataset.view,
      SEARCHED.has(link.dataset.view) && SEARCHED.has(state.view) ? { q: state.q } : {},
    );
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  showSearchState();
  document.title = titleOf();
  if (lastView !== null && lastView !== state.view) window.scrollTo(0, 0);
  lastView = state.view;
}

function titleOf() {
  const name = {
    overview: "Overview",
    matrix: "Behaviours",
    accuracy: "Accuracy",
    comparison: "Comparison",
    findings: "Findings",
    history: "History",
    about: "How to read this page",
  }[state.view];
  return `${state.view === "matrix" && state.clause !== "" ? state.clause : name} — ${document.body.dataset.title}`;
}

function showSearchState() {
  const box = document.getElementById("search");
  if (document.activeElement !== box || box.value.trim() === "" || state.q === "") box.value = state.q;
  for (const chip of document.querySelectorAll(".suggestions button"))
    chip.setAttribute(
      "aria-pressed",
      String(hasFilter(state.q, chip.dataset.filter) || state.q === chip.dataset.filter),
    );
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
  if (model.current.length > 1)
    filters.splice(3, 0, `differs:${quotedValue(model.current[0].name)},${quotedValue(model.current[1].name)}`);
  for (const column of model.current.length > 1 ? model.current : [])
    filters.push(`backend:${quotedValue(column.name)}`);
  const chips = filters.map((filter) => {
    const chip = el(
      "button",
      {
        type: "button",
        class: "chip",
        onclick: () =>
          ask(filter.includes(" ") ? (state.q === filter ? "" : filter) : toggled(state.q, filter), { isTyped: false }),
      },
      filter,
    );
    chip.dataset.filter = filter;
    return chip;
  });
  replaceChildren(document.querySelector(".suggestions"), el("div", { class: "pushed" }, chips), viewLink("about", {}, "All filters"));
}

function ask(q, { isTyped = true } = {}) {
  const view = SEARCHED.has(state.view) ? state.view : "matrix";
  go({ view, q, clause: "", check: "", backend: "" }, { replace: isTyped && view === state.view });
  if (!isTyped) document.getElementById("search").value = q;
  announce(document.querySelector(".count") === null ? "" : document.querySelector(".count").textContent);
}

async function start() {
  document.documentElement.classList.remove("no-script");
  prepareTheme();
  if (typeof DecompressionStream === "undefined")
    return tellFault(
      "This browser is too old to unpack the page's data: it needs DecompressionStream (Chromium 80, Firefox 113, Safari 16.4 or newer). The result files hold everything that is here.",
    );
  try {
    model = unpack(await readData());
  } catch (error) {
    return tellFault(
      `The page's data cannot be read, so the file is probably damaged: make it again from its result files. (${error.message})`,
    );
  }
  prepareSearch();
  prepareCounts();
  prepareSearchBox();
  prepareKeys();
  watchScrolling();
  watchMasthead();
  document.getElementById("help").addEventListener("click", showKeys);
  // What waits to be written to the address comes before a link that is followed, and never into its way.
  document.addEventListener("click", settleAddress, { capture: true });
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

// What sticks below the bar at the top has to know how high it is.
function watchMasthead() {
  const bar = document.querySelector(".masthead");
  const tell = () => document.documentElement.style.setProperty("--masthead", `${bar.offsetHeight}px`);
  new ResizeObserver(tell).observe(bar);
}

function tellFault(message) {
  replaceChildren(document.getElementById("view"), el("p", { class: "warning", role: "alert" }, message));
}

start();
