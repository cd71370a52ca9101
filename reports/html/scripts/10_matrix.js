// Behaviours against backends: the table that everything else leads to.

let matrix = null;

function showMatrix(main) {
  const found = search(state.q);
  if (matrix === null || matrix.q !== state.q || matrix.order !== state.order || !main.contains(matrix.table)) {
    matrix = buildMatrix(main, found);
  }
  const clause = model.clauseById.get(state.clause);
  const isOpen = clause !== undefined;
  document.body.classList.toggle("with-panel", isOpen);
  if (isOpen) showClause(matrix.panel, clause);
  else replaceChildren(matrix.panel);
  matrix.panel.hidden = !isOpen;
  const isNew = isOpen && matrix.selected !== clause;
  if (isOpen) matrix.selected = clause;
  matrix.rows.draw();
  markSelected();
  if (isNew && !isNarrow()) showSelected();
}

// Whoever comes by a link finds the behaviour's row beside its panel; a row that is in sight stays where it is.
function showSelected() {
  const place = matrix.list.findIndex((row) => row.clause === matrix.selected);
  if (place < 0) return;
  const row = matrix.rows.rows.get(place);
  const box = row === undefined ? null : row.getBoundingClientRect();
  if (box === null || box.top < 0 || box.bottom > window.innerHeight) matrix.rows.reveal(place, { isCentred: true });
}

function buildMatrix(main, found) {
  const rows = matrixRows(found);
  const columns = model.current;
  const body = el("tbody", {});
  const head = [el("th", { scope: "col", class: "what" }, "Behaviour"), ...columns.map(columnHeading)];
  const made = table("Verdict of every backend on every behaviour", "matrix", head, body);
  stateRoles(made);
  made.style.setProperty("--columns", String(columns.length));
  made.style.setProperty("--lines", String(Math.ceil(columns.length / 3)));
  const panel = el("aside", { class: "panel", "aria-label": "The chosen behaviour", hidden: true });
  const nothing =
    rows.length === 0
      ? el("p", { class: "nothing" }, "Nothing here matches. ", viewLink("matrix", {}, "Show every behaviour"))
      : null;
  windows = [];
  replaceChildren(
    main,
    matrixHead(found),
    el("div", { class: "split" }, el("div", { class: "list" }, made, nothing), panel),
  );
  const shown = new RowWindow(made, body, columns.length + 1);
  const built = { q: state.q, order: state.order, table: made, panel, rows: shown, list: rows, selected: null, found };
  matrix = built;
  shown.fill(rows.length, (place) => matrixRow(rows[place], place));
  return built;
}

function matrixHead(found) {
  const count = found.isAll
    ? `${plural(found.clauses.length, "behaviour")}, ${plural(found.results, "check")}`
    : `${ofTotal(found.clauses.length, model.clauses.length)} behaviours, ${plural(found.results, "check")} found`;
  const isFailing = state.order === "failing";
  const order = el(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-pressed": String(isFailing),
      onclick: () => go({ order: isFailing ? "" : "failing" }),
    },
    "Failing first",
  );
  return el(
    "div",
    { class: "view-head" },
    el("h1", {}, "Behaviours"),
    el("p", { class: "count" }, count),
    el(
      "div",
      { class: "tools" },
      order,
      exportButtons(() => matrixExport(found)),
      printButton(),
    ),
    found.problems.map((problem) => el("p", { class: "problem", role: "status" }, problem)),
  );
}

function columnHeading(column) {
  const inner = [el("span", { class: "name" }, column.name), el("span", { class: "version" }, column.version)];
  return el(
    "th",
    { scope: "col", title: `${column.name}: ${column.framework} ${column.version} on ${column.device}` },
    inner,
  );
}

function markSelected() {
  for (const row of matrix.rows.rows.values()) markRow(row);
}

function markRow(row) {
  if (row.clause === undefined || matrix === null) return;
  const isSelected = row.clause === matrix.selected;
  row.classList.toggle("selected", isSelected);
  const link = row.querySelector("a.id");
  if (isSelected) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

// Move the selection by one row; an open panel follows it.
function moveSelection(step) {
  const list = matrix.list;
  let place = list.findIndex((row) => row.clause !== undefined && row.clause === matrix.selected);
  if (place < 0) place = step > 0 ? firstOnScreen() - 1 : list.length;
  do place += step;
  while (list[place] !== undefined && list[place].clause === undefined);
  if (list[place] === undefined) return;
  matrix.selected = list[place].clause;
  const row = matrix.rows.reveal(place);
  if (state.clause !== "") go({ clause: matrix.selected.id, check: "", backend: "" }, { replace: true });
  markSelected();
  if (row !== undefined) row.querySelector("a.id").focus({ preventScroll: true });
}

function firstOnScreen() {
  const top = matrix.rows.above.getBoundingClientRect().top;
  return Math.max(0, Math.floor((120 - top) / matrix.rows.height));
}
