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
  if (isOpen) matrix.selected = clause;
  matrix.rows.draw();
  markSelected();
}

function buildMatrix(main, found) {
  const rows = matrixRows(found);
  const columns = model.current;
  const body = el("tbody", { role: "rowgroup" });
  const head = [el("th", { scope: "col", role: "columnheader", class: "what" }, "Behaviour"), ...columns.map(columnHeading)];
  const made = table("Verdict of every backend on every behaviour", "matrix", head, body);
  made.setAttribute("role", "table");
  made.querySelector("thead").setAttribute("role", "rowgroup");
  made.querySelector("thead tr").setAttribute("role", "row");
  made.style.setProperty("--columns", String(columns.length));
  made.style.setProperty("--lines", String(Math.ceil(columns.length / 3)));
  const panel = el("aside", { class: "panel", "aria-label": "The chosen behaviour", hidden: true });
  const nothing = rows.length === 0 ? el("p", { class: "nothing" }, "Nothing here matches. ", viewLink("matrix", {}, "Show every behaviour")) : null;
  windows = [];
  replaceChildren(main, matrixHead(found), el("div", { class: "split" }, el("div", { class: "list" }, made, nothing), panel));
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
  const order = el("button", { type: "button", class: "quiet", "aria-pressed": String(isFailing), onclick: () => go({ order: isFailing ? "" : "failing" }) }, "Failing first");
  return el(
    "div",
    { class: "view-head" },
    el("h1", {}, "Behaviours"),
    el("p", { class: "count", role: "status" }, count),
    el("div", { class: "tools" }, order, exportButtons(() => matrixExport(found)), printButton()),
    found.problems.map((problem) => el("p", { class: "problem", role: "status" }, problem)),
  );
}

function columnHeading(column) {
  const inner = [el("span", { class: "name" }, column.name), el("span", { class: "version" }, column.version)];
  return el("th", { scope: "col", role: "columnheader", title: `${column.framework} ${column.version} on ${column.device}` }, inner);
}

// One row for each clause that is found, and one above each card's first.
function matrixRows(found) {
  if (state.order === "failing") {
    const weight = new Map(found.clauses.map((clause) => [clause, severity(clause)]));
    return [...found.clauses].sort((a, b) => weight.get(b) - weight.get(a)).map((clause) => ({ clause }));
  }
  const rows = [];
  let group = null;
  for (const clause of found.clauses) {
    if (group === null || group.profile !== clause.profile || group.subject !== clause.subject) {
      group = { profile: clause.profile, subject: clause.subject, family: clause.family, clauses: [] };
      rows.push({ group });
    }
    group.clauses.push(clause);
    rows.push({ clause });
  }
  return rows;
}

function severity(clause) {
  const weights = { f: 1e6, e: 1e5, d: 1e3, p: 0, u: 0 };
  const ofColumn = (column) => {
    const counts = column.byClause[clause.place];
    return weights[standingOf(counts).letter] === undefined ? 0 : weights[standingOf(counts).letter] + counts.f + counts.imprecise / 1e3;
  };
  return model.current.reduce((sum, column) => sum + ofColumn(column), 0);
}

function matrixRow(row, place) {
  return row.group === undefined ? clauseRow(row.clause, place) : groupRow(row.group);
}

function groupRow(group) {
  const name = el("th", { scope: "row", role: "rowheader", class: "what" }, el("span", { class: "card" }, group.subject), " ", el("span", { class: "where" }, `${group.profile}${group.family === group.profile ? "" : ` · ${group.family}`}`));
  const cells = model.current.map((column) => {
    const counts = sumOf(column, group.clauses);
    const claimed = claimedOf(counts);
    const text = documentedOf(counts) === 0 ? "" : claimed === 0 ? "–" : `${grouped(counts.p)}/${grouped(claimed)}`;
    return el("td", { role: "cell", "data-backend": column.name, title: claimed === 0 ? "not offered" : `${ofTotal(counts.p, claimed)} claimed checks passed` }, text);
  });
  return el("tr", { role: "row", class: "group" }, name, cells);
}

function clauseRow(clause, place) {
  const link = el("a", { class: "id", href: addressOf({ clause: clause.id, check: "", backend: "" }) }, el("span", { class: "subject" }, `${clause.subject}.`), clause.id.slice(clause.subject.length + 1));
  const name = el("th", { scope: "row", role: "rowheader", class: "what" }, link, el("span", { class: "sentence" }, clause.sentence));
  const cells = model.current.map((column) => verdictCell(column, clause));
  const row = el("tr", { role: "row", class: "clause", onclick: (event) => openByRow(event, clause) }, name, cells);
  row.dataset.place = String(place);
  row.clause = clause;
  markRow(row);
  return row;
}

function verdictCell(column, clause) {
  const counts = column.byClause[clause.place];
  const status = standingOf(counts);
  const mixed = mixedCount(counts);
  const mark = statusMark(status, mixed === null ? null : el("span", { class: "mixed" }, ` ${mixed}`));
  const flag = counts.imprecise > 0 && status.letter === "p" ? el("span", { class: "flag", title: `${plural(counts.imprecise, "imprecise check")}` }, el("span", { "aria-hidden": "true" }, ` ${IMPRECISE.glyph}`), hidden(" imprecise")) : null;
  const content = WENT_WRONG.has(status.letter) ? el("a", { class: "plain", href: addressOf({ clause: clause.id, check: "", backend: column.name }) }, mark) : mark;
  return el("td", { role: "cell", "data-backend": column.name }, content, flag);
}

function openByRow(event, clause) {
  if (event.target.closest("a, button") !== null || String(getSelection()) !== "") return;
  go({ clause: clause.id, check: "", backend: "" });
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
