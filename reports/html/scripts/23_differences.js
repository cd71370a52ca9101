// What a comparison shows beside the changes: suites, machines and settings that differ.

function suitesDiffer(a, b) {
  if (a.run.suite.digest === b.run.suite.digest) return null;
  const changed = model.clauses.filter(
    (clause) =>
      sentenceIn(a.run, clause) !== sentenceIn(b.run, clause) ||
      a.run.differs.has(clause.place) !== b.run.differs.has(clause.place),
  );
  const items = changed
    .slice(0, 30)
    .map((clause) => el("li", {}, clauseLink(clause), ": ", suiteChange(a.run, b.run, clause)));
  return el(
    "section",
    { class: "warning" },
    el("h2", {}, "These runs were judged by different versions of the suite"),
    el(
      "p",
      {},
      `${a.run.suite.name} ${a.run.suite.version} and ${b.run.suite.version}. Their totals are not comparable; a check of a behaviour that did not change is. ${changed.length === 0 ? "The behaviours here are stated alike; others, or how they are checked, changed." : `${plural(changed.length, "behaviour")} changed:`}`,
    ),
    el("ul", {}, items, changed.length > 30 ? el("li", {}, `and ${grouped(changed.length - 30)} more`) : null),
  );
}

function sentenceIn(run, clause) {
  if (run.lacks.has(clause.place)) return null;
  return run.differs.has(clause.place) ? run.differs.get(clause.place) : clause.sentence;
}

function suiteChange(from, to, clause) {
  const [before, after] = [sentenceIn(from, clause), sentenceIn(to, clause)];
  if (before === null) return "added";
  if (after === null) return "removed";
  return before === after ? "its link, profile or alternatives changed" : ["was “", before, "”, is “", after, "”"];
}

function environmentFacts(column) {
  const run = column.run;
  return new Map([
    ["framework", `${column.framework} ${column.version}`],
    ["device", column.device],
    ["suite", `${run.suite.name} ${run.suite.version}`],
    ["inputs", `${run.effort}, seed ${run.seed === null ? "none" : run.seed}`],
    ["selection", run.selection === "" ? "everything" : run.selection],
    ["took", duration(run.seconds)],
    ...column.declarations,
    ...column.machine,
  ]);
}

function environmentDiffers(a, b) {
  const [before, after] = [environmentFacts(a), environmentFacts(b)];
  const names = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  if (names.length === 0) return el("p", { class: "note" }, "Framework, machine and settings are the same in both.");
  const shown = (value) => (value === undefined ? "not stated" : value);
  const rows = names.map((name) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, name),
      el("td", {}, shown(before.get(name))),
      el("td", {}, shown(after.get(name))),
    ),
  );
  const shownTable = table(
    "Differences of the environment",
    "plain",
    [heading("Fact"), ...labelsOf(a, b).map((label) => heading(label))],
    el("tbody", {}, rows),
  );
  return el(
    "details",
    { class: "environment" },
    el(
      "summary",
      {},
      `${plural(names.length, "fact")} of framework, machine or settings ${names.length === 1 ? "differs" : "differ"}: ${listed(names)}`,
    ),
    framed(shownTable),
  );
}

// The overview's own comparison: every backend with its run in the earlier file.
function sinceBaseline() {
  if (model.baseline === null) return null;
  const rows = model.current.flatMap((column) => {
    const before = model.columns.find(
      (one) => one.run === model.baseline && one.name === column.name && one !== column,
    );
    if (before === undefined) return [];
    const changes = compareColumns(before, column);
    const pair = { a: String(before.place), b: String(column.place) };
    const cells = CHANGES.map((change) =>
      el(
        "td",
        { class: "number" },
        changes[change.kind].length === 0
          ? "0"
          : viewLink("comparison", { ...pair, show: change.kind }, grouped(changes[change.kind].length)),
      ),
    );
    return [el("tr", {}, el("th", { scope: "row" }, viewLink("comparison", pair, column.name)), cells)];
  });
  if (rows.length === 0)
    return el(
      "section",
      {},
      el("h2", {}, "What changed"),
      el("p", {}, "The earlier result file has none of these backends."),
    );
  const head = [
    heading("Backend"),
    ...CHANGES.map((change) =>
      el(
        "th",
        { scope: "col", class: "number" },
        el("span", { class: "glyph", "aria-hidden": "true" }, change.glyph),
        ` ${change.word}`,
      ),
    ),
  ];
  return el(
    "section",
    {},
    el("h2", {}, `What changed since ${moment(model.baseline.started)}`),
    framed(table("Changes since the earlier run", "plain", head, el("tbody", {}, rows))),
  );
}
