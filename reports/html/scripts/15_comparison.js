// Two columns against each other: two runs of a backend, or two backends.

const CHANGES = [
  { kind: "broken", glyph: "✕", word: "newly failing", meaning: "the first passes, the second does not" },
  { kind: "mended", glyph: "✓", word: "newly passing", meaning: "the first does not pass, the second does" },
  { kind: "other", glyph: "≠", word: "other verdict", meaning: "the verdict changed otherwise" },
  { kind: "worse", glyph: "↑", word: "less precise", meaning: "error against budget at least doubled" },
  { kind: "better", glyph: "↓", word: "more precise", meaning: "error against budget at least halved" },
  { kind: "added", glyph: "+", word: "added", meaning: "only in the second" },
  { kind: "removed", glyph: "−", word: "removed", meaning: "only in the first" },
];
// Below a hundredth of the budget, twice as much is still nothing.
const NEGLIGIBLE = 0.01;

function changeOf(a, b, place) {
  const [before, after] = [a.verdicts[place], b.verdicts[place]];
  if (before === after && before === ABSENT.letter) return null;
  if (before === ABSENT.letter) return "added";
  if (after === ABSENT.letter) return "removed";
  if (before === "p" && WENT_WRONG.has(after)) return "broken";
  if (WENT_WRONG.has(before) && after === "p") return "mended";
  if (before !== after) return "other";
  const [was, is] = [a.ratio[place], b.ratio[place]];
  if (Number.isNaN(was) || Number.isNaN(is) || Math.max(was, is) < NEGLIGIBLE) return null;
  return is >= 2 * was && is > was ? "worse" : was >= 2 * is && was > is ? "better" : null;
}

function compareColumns(a, b, checks = model.checks) {
  const changes = Object.fromEntries(CHANGES.map((change) => [change.kind, []]));
  for (const check of checks) {
    const kind = changeOf(a, b, check.place);
    if (kind !== null) changes[kind].push(check);
  }
  return changes;
}

// Between two backends nothing is new: one of them fails and the other does not.
function wordOf(change, a, b) {
  if (a.name === b.name || !["broken", "mended", "added", "removed"].includes(change.kind)) return change.word;
  const alone = change.kind === "broken" || change.kind === "added" ? b.name : a.name;
  return change.kind === "broken" || change.kind === "mended" ? `only ${alone} fails` : `only in ${alone}`;
}

// What a reader most likely wants compared: the earlier run asked for, then a backend's runs, then two backends.
function usualPair() {
  const [first, second] = model.current;
  const earlier = model.columns.find((column) => column.run === model.baseline && !column.isCurrent);
  const before = earlier === undefined ? model.columns.find((column) => !column.isCurrent) : earlier;
  if (before !== undefined) return [before, model.current.find((column) => column.name === before.name)];
  return [first, second === undefined ? first : second];
}

function chosenPair() {
  const [a, b] = usualPair();
  const chosen = (value, usual) => {
    const column = value === "" ? undefined : model.columns[Number(value)];
    return column === undefined ? usual : column;
  };
  return [chosen(state.a, a), chosen(state.b, b)];
}

function showComparison(main) {
  windows = [];
  if (model.columns.length < 2) {
    replaceChildren(main, el("div", { class: "view-head" }, el("h1", {}, "Comparison")), el("p", { class: "nothing" }, "This page holds one backend in one run. Make it of two result files, and they can be compared here: ", code("python -m reports html new.json --since old.json -o report.html")));
    return;
  }
  const [a, b] = chosenPair();
  const found = search(state.q);
  const checks = found.isAll ? model.checks : model.checks.filter((check) => matchesWords(check));
  const changes = compareColumns(a, b, checks);
  const shown = CHANGES.filter((change) => (state.show === "" ? true : change.kind === state.show)).flatMap((change) => changes[change.kind].map((check) => ({ change, check })));
  replaceChildren(
    main,
    el("div", { class: "view-head" }, el("h1", {}, "Comparison"), pairForm(a, b), el("div", { class: "tools" }, exportButtons(() => comparisonExport(a, b, shown)), printButton())),
    suitesDiffer(a, b),
    environmentDiffers(a, b),
    changeTiles(changes, a, b),
    differenceTable(a, b, shown),
  );
}

// The search narrows a comparison by what a check is about, not by its verdict in one of the columns.
function matchesWords(check) {
  const { terms } = parseQuery(state.q);
  return terms.filter((term) => term.field in OF_CHECK || term.field === "text").every((term) => (term.field === "text" ? check.words.includes(term.values[0]) : meetsCheck(term, check)) !== term.negated);
}

function pairForm(a, b) {
  const choice = (name, label, chosen) => {
    const options = model.columns.map((column) => {
      const option = el("option", { value: String(column.place) }, `${column.name} ${column.version} — ${moment(column.run.started)}`);
      option.selected = column === chosen;
      return option;
    });
    return el("label", {}, label, " ", el("select", { onchange: (event) => go({ [name]: event.target.value }) }, options));
  };
  const swap = el("button", { type: "button", class: "quiet", onclick: () => go({ a: String(b.place), b: String(a.place) }) }, "Swap");
  return el("div", { class: "pair" }, choice("a", "From", a), choice("b", "to", b), swap);
}

function suitesDiffer(a, b) {
  if (a.run.suite.digest === b.run.suite.digest) return null;
  const changed = model.clauses.filter((clause) => sentenceIn(a.run, clause) !== sentenceIn(b.run, clause) || a.run.differs.has(clause.place) !== b.run.differs.has(clause.place));
  const items = changed.slice(0, 30).map((clause) => el("li", {}, clauseLink(clause), ": ", suiteChange(a.run, b.run, clause)));
  return el(
    "section",
    { class: "warning" },
    el("h2", {}, "These runs were judged by different versions of the suite"),
    el("p", {}, `${a.run.suite.name} ${a.run.suite.version} and ${b.run.suite.version}. Their totals are not comparable; a check of a behaviour that did not change is. ${changed.length === 0 ? "The behaviours here are stated alike; others, or how they are checked, changed." : `${plural(changed.length, "behaviour")} changed:`}`),
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

function changeTiles(changes, a, b) {
  const tiles = CHANGES.map((change) => {
    const { kind, glyph, meaning } = change;
    const isOn = state.show === kind;
    return el("button", { type: "button", class: `tile ${kind}`, "aria-pressed": String(isOn), title: meaning, onclick: () => go({ show: isOn ? "" : kind }) }, el("span", { class: "tile-count" }, grouped(changes[kind].length)), el("span", { class: "tile-word" }, el("span", { class: "glyph", "aria-hidden": "true" }, glyph), ` ${wordOf(change, a, b)}`));
  });
  return el("div", { class: "tiles", role: "group", "aria-label": "Kinds of change" }, tiles);
}

function differenceTable(a, b, shown) {
  if (shown.length === 0) return el("p", { class: "nothing" }, state.show === "" ? "Nothing changed between the two." : "No change of this kind.");
  const head = [heading("Change"), heading("Behaviour and check"), heading(a.label), heading(b.label)];
  const body = el("tbody", {});
  const made = table(`What changed from ${a.label} to ${b.label}`, "differences", head, body);
  const line = ({ change, check }) =>
    el(
      "tr",
      {},
      el("td", { class: `change ${change.kind}` }, el("span", { class: "glyph", "aria-hidden": "true" }, change.glyph), ` ${wordOf(change, a, b)}`),
      el("th", { scope: "row" }, clauseLink(check.clause, { check: check.key, backend: b.name }), el("span", { class: "of" }, ` ${check.name}`)),
      ...[a, b].map((column) => el("td", {}, statusMark(STATUS_OF[column.verdicts[check.place]]), Number.isNaN(column.ratio[check.place]) ? null : el("span", { class: "mixed" }, ` ${measure(column.ratio[check.place])} × budget`))),
    );
  const rows = new RowWindow(made, body, head.length);
  queueMicrotask(() => rows.fill(shown.length, (place) => line(shown[place])));
  return el("div", { class: "frame" }, made);
}

function environmentFacts(column) {
  const run = column.run;
  return new Map([["framework", `${column.framework} ${column.version}`], ["device", column.device], ["suite", `${run.suite.name} ${run.suite.version}`], ["inputs", `${run.effort}, seed ${run.seed === null ? "none" : run.seed}`], ["selection", run.selection === "" ? "everything" : run.selection], ["took", duration(run.seconds)], ...column.declarations, ...column.machine]);
}

function environmentDiffers(a, b) {
  const [before, after] = [environmentFacts(a), environmentFacts(b)];
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
  if (names.length === 0) return el("p", { class: "note" }, "Framework, machine and settings are the same in both.");
  const shown = (value) => (value === undefined ? "not stated" : value);
  const rows = names.map((name) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, shown(before.get(name))), el("td", {}, shown(after.get(name)))));
  const shownTable = table("Differences of the environment", "plain", [heading("Fact"), heading(a.label), heading(b.label)], el("tbody", {}, rows));
  return el("details", { class: "environment" }, el("summary", {}, `${plural(names.length, "fact")} of framework, machine or settings ${names.length === 1 ? "differs" : "differ"}: ${listed(names)}`), el("div", { class: "frame" }, shownTable));
}

// The overview's own comparison: every backend with its run in the earlier file.
function sinceBaseline() {
  if (model.baseline === null) return null;
  const rows = model.current.flatMap((column) => {
    const before = model.columns.find((one) => one.run === model.baseline && one.name === column.name && one !== column);
    if (before === undefined) return [];
    const changes = compareColumns(before, column);
    const pair = { a: String(before.place), b: String(column.place) };
    const cells = CHANGES.map((change) => el("td", { class: "number" }, changes[change.kind].length === 0 ? "0" : viewLink("comparison", { ...pair, show: change.kind }, grouped(changes[change.kind].length))));
    return [el("tr", {}, el("th", { scope: "row" }, viewLink("comparison", pair, column.name)), cells)];
  });
  if (rows.length === 0) return el("section", {}, el("h2", {}, "What changed"), el("p", {}, "The earlier result file has none of these backends."));
  const head = [heading("Backend"), ...CHANGES.map((change) => el("th", { scope: "col", class: "number" }, el("span", { class: "glyph", "aria-hidden": "true" }, change.glyph), ` ${change.word}`))];
  return el("section", {}, el("h2", {}, `What changed since ${moment(model.baseline.started)}`), el("div", { class: "frame" }, table("Changes since the earlier run", "plain", head, el("tbody", {}, rows))));
}
