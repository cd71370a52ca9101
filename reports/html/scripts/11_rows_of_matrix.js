// The rows of the matrix: cards as headings, and one row for each behaviour.

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

// What fails of its own accord outweighs what only follows from it, and that outweighs what is known.
function severity(clause) {
  const weights = { f: 1e6, e: 1e5, d: 1e3 };
  const ofColumn = (column) => {
    const counts = column.byClause[clause.place];
    const weight = weights[standingOf(counts).letter];
    const isCause = weight >= 1e5 && clause.checks.some((check) => isRoot(column, check.place));
    return (weight === undefined ? 0 : weight) * (isCause ? 100 : 1) + counts.f + counts.imprecise / 1e3;
  };
  return model.current.reduce((sum, column) => sum + ofColumn(column), 0);
}

function matrixRow(row, place) {
  return row.group === undefined ? clauseRow(row.clause, place) : groupRow(row.group);
}

function groupRow(group) {
  const name = el(
    "th",
    { scope: "row", class: "what" },
    el("span", { class: "card" }, group.subject),
    " ",
    el("span", { class: "where" }, `${group.profile}${group.family === group.profile ? "" : ` · ${group.family}`}`),
  );
  const cells = model.current.map((column) => {
    const counts = sumOf(column, group.clauses);
    const claimed = claimedOf(counts);
    const text = documentedOf(counts) === 0 ? "" : claimed === 0 ? "–" : `${grouped(counts.p)}/${grouped(claimed)}`;
    return el(
      "td",
      {
        "data-backend": column.name,
        title: claimed === 0 ? "not offered" : `${ofTotal(counts.p, claimed)} claimed checks passed`,
      },
      text,
    );
  });
  return el("tr", { class: "group" }, name, cells);
}

function clauseRow(clause, place) {
  const subject = clause.id.startsWith(`${clause.subject}.`) ? `${clause.subject}.` : "";
  const link = openingLink(
    clause,
    { class: "id" },
    el("span", { class: "subject" }, subject),
    clause.id.slice(subject.length),
  );
  const name = el("th", { scope: "row", class: "what" }, link, el("span", { class: "sentence" }, clause.sentence));
  const cells = model.current.map((column) => verdictCell(column, clause));
  const row = el("tr", { class: "clause", onclick: (event) => openByRow(event, clause) }, name, cells);
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
  const flag =
    counts.imprecise > 0 && status.letter === "p"
      ? el(
          "span",
          { class: "flag", title: `${plural(counts.imprecise, "imprecise check")}` },
          el("span", { "aria-hidden": "true" }, ` ${IMPRECISE.glyph}`),
          hidden(" imprecise"),
        )
      : null;
  const content = WENT_WRONG.has(status.letter)
    ? openingLink(clause, { class: "plain", backend: column.name }, mark)
    : mark;
  return el("td", { "data-backend": column.name }, content, flag);
}

// A link that opens a behaviour. From the keyboard, or by a reader of the screen, the focus follows into the panel.
function openingLink(clause, { class: kind, backend = "" }, ...content) {
  const follow = (event) => {
    if (event.detail === 0) taken(event, () => openSelected(clause, backend));
  };
  return el(
    "a",
    { class: kind, href: addressOf({ clause: clause.id, check: "", backend }), onclick: follow },
    ...content,
  );
}

function openByRow(event, clause) {
  if (event.target.closest("a, button") !== null || String(getSelection()) !== "") return;
  go({ clause: clause.id, check: "", backend: "" });
}
