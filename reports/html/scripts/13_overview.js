// The first thing that a reader sees: what was tested, how each backend did, and where to look first.

const FIRST_ROOTS = 10;

function showOverview(main) {
  windows = [];
  replaceChildren(
    main,
    el("section", { class: "hero" }, el("h1", {}, "Does it do what the documentation says?"), el("p", { class: "lead" }, leadText()), warnings()),
    el("section", { "aria-label": "Backends" }, el("div", { class: "backends" }, model.current.map(backendCard)), legend()),
    whatFails(),
    sinceBaseline(),
    profileTable(),
    whatRan(),
  );
}

function leadText() {
  const names = model.current.map((column) => `${column.framework} ${column.version}`);
  const checks = model.current.reduce((sum, column) => sum + documentedOf(totalOf(column)), 0);
  return [
    `This page answers that question for ${listed([...new Set(names)])}: `,
    el("b", {}, plural(model.clauses.length, "documented behaviour")),
    " of torch.nn, its gradients, modules and optimizers, each tried by one or more checks, ",
    el("b", {}, plural(checks, "check")),
    ` in all, on ${plural(examplesJudged(), "example")}. Numbers are compared with an extended-precision reference, and the error allowed for each is derived from its own calculation. `,
    viewLink("about", {}, "How to read this page"),
  ];
}

function examplesJudged() {
  let examples = 0;
  for (const column of model.current) for (const measured of column.measured.values()) examples += measured.cases;
  return examples;
}

function warnings() {
  const runs = [...new Set(model.current.map((column) => column.run))];
  const said = [];
  for (const run of runs) {
    const names = listed(model.current.filter((column) => column.run === run).map((column) => column.name));
    if (!run.complete) said.push(`The run of ${names} ended early: ${ofTotal(resultsIn(run), run.planned)} planned checks have a verdict.`);
    else if (run.shard !== null) said.push(`The run of ${names} is part ${run.shard.replace("/", " of ")} of a larger one: ${ofTotal(resultsIn(run), run.planned)} planned checks are here.`);
    if (run.selection !== "") said.push(`The run of ${names} took a selection of the checks (${run.selection}), so coverage is that of the selection.`);
    if (run.lacks.size + run.differs.size > 0) said.push(`${names} was judged by other behaviours than the latest run here: ${suiteDifference(run)}.`);
  }
  return said.map((text) => el("p", { class: "warning" }, text));
}

function resultsIn(run) {
  return model.columns.filter((column) => column.run === run).reduce((sum, column) => sum + column.rows.size, 0);
}

function suiteDifference(run) {
  const parts = [];
  if (run.lacks.size > 0) parts.push(`${grouped(run.lacks.size)} not in it`);
  if (run.differs.size > 0) parts.push(`${grouped(run.differs.size)} stated otherwise`);
  return listed(parts);
}

function backendCard(column) {
  const counts = totalOf(column);
  const facts = column.declarations.map(([name, value]) => el("li", {}, el("span", { class: "term" }, name), ` ${value}`));
  const wrong = STATUSES.filter((status) => status.letter !== "p" && counts[status.letter] > 0).map((status) =>
    el("li", {}, queryLink(`status:${status.word} backend:${quotedValue(column.name)}`, statusMark(status, ` ${grouped(counts[status.letter])}`))),
  );
  if (counts.imprecise > 0) wrong.push(el("li", {}, queryLink(`is:imprecise backend:${quotedValue(column.name)}`, impreciseMark(), ` ${grouped(counts.imprecise)}`)));
  return el(
    "article",
    { class: "backend" },
    el("h2", {}, column.name),
    el("p", { class: "identity" }, `${column.framework} ${column.version} on ${column.device}`, column.dtypes.length > 0 ? `, ${column.dtypes.join(", ")}` : ""),
    bar(counts),
    scoreAndCoverage(counts),
    wrong.length === 0 ? el("p", { class: "fine" }, statusMark(STATUS_NAMED.passed), ": nothing failed, nothing was left out.") : el("ul", { class: "chips" }, wrong),
    facts.length === 0 ? null : el("ul", { class: "declares", "aria-label": "What it declares of its arithmetic" }, facts),
  );
}

function legend() {
  const entries = STATUSES.map((status) => el("div", {}, el("dt", {}, statusMark(status), el("span", { class: `swatch piece ${status.word}`, "aria-hidden": "true" })), el("dd", {}, status.meaning)));
  const flag = el("div", {}, el("dt", {}, impreciseMark()), el("dd", {}, IMPRECISE.meaning));
  return el("details", { class: "legend" }, el("summary", {}, "What the words and bars mean"), el("dl", {}, entries, flag));
}

// Failures that follow from no other come first, with what follows from them: one broken operator is one entry.
function rootFailures() {
  const roots = new Map();
  const dependants = new Map();
  for (const column of model.current) {
    for (const check of model.checks) {
      const letter = column.verdicts[check.place];
      if (letter !== "f" && letter !== "e") continue;
      if (isRoot(column, check.place)) {
        if (!roots.has(check.clause)) roots.set(check.clause, new Map());
        const ofClause = roots.get(check.clause);
        if (!ofClause.has(column)) ofClause.set(column, []);
        ofClause.get(column).push(check);
      } else for (const id of column.failures.get(check.place).follows) remember(dependants, id, check.clause);
    }
  }
  const list = [...roots].map(([clause, byColumn]) => ({ clause, byColumn, dependants: dependants.get(clause.id) }));
  const weight = (entry) => 100 * entry.byColumn.size + (entry.dependants === undefined ? 0 : entry.dependants.size);
  return list.sort((a, b) => weight(b) - weight(a) || a.clause.place - b.clause.place);
}

function remember(map, key, value) {
  if (!map.has(key)) map.set(key, new Set());
  map.get(key).add(value);
}

function whatFails() {
  const roots = rootFailures();
  if (roots.length === 0) return el("section", {}, el("h2", {}, "What fails"), el("p", { class: "fine" }, "No check failed."));
  const list = el("ol", { class: "roots" });
  const section = el("section", {}, el("h2", {}, "What fails"), el("p", { class: "note" }, `${plural(roots.length, "behaviour")} ${roots.length === 1 ? "fails" : "fail"} of ${roots.length === 1 ? "its" : "their"} own accord. Failures that only follow from one of these are counted with it.`), list);
  const draw = (limit) => {
    replaceChildren(list, roots.slice(0, limit).map(rootEntry));
    const more = moreButton(roots.length, limit, "behaviours", () => draw(roots.length));
    if (section.lastChild !== list) section.lastChild.remove();
    if (more !== null) section.append(more);
  };
  draw(FIRST_ROOTS);
  return section;
}

function rootEntry({ clause, byColumn, dependants }) {
  const backends = [...byColumn].map(([column, checks]) => {
    const status = STATUS_OF[column.verdicts[checks[0].place]];
    return el("li", {}, el("a", { class: "plain", href: linkTo("matrix", { q: "status:failed,error", clause: clause.id, backend: column.name }) }, statusMark(status, [" in ", el("b", {}, column.name), `, ${plural(checks.length, "check")}`])));
  });
  const [column, checks] = byColumn.entries().next().value;
  const failure = column.failures.get(checks[0].place);
  return el(
    "li",
    {},
    el("div", { class: "root-head" }, clauseLink(clause, { q: "status:failed,error" }), el("p", { class: "sentence" }, clause.sentence)),
    el("div", {}, el("ul", { class: "chips" }, backends), failure === undefined || failure.summary === null ? null : el("p", { class: "summary" }, failure.summary), dependants === undefined ? null : el("p", { class: "follows" }, `${plural(dependants.size, "further behaviour")} ${dependants.size === 1 ? "fails" : "fail"} because of it: `, [...dependants].slice(0, 6).map((one, place) => [place === 0 ? "" : ", ", clauseLink(one)]), dependants.size > 6 ? " …" : "")),
  );
}

function profileTable() {
  const head = [heading("Profile"), ...model.current.map((column) => heading(column.name))];
  const rows = model.profiles.map((profile) => {
    const clauses = model.clauses.filter((clause) => clause.profile === profile);
    const cells = model.current.map((column) => {
      const counts = sumOf(column, clauses);
      const [claimed, all] = [claimedOf(counts), documentedOf(counts)];
      const score = all === 0 ? "not run" : claimed === 0 ? "not offered" : [el("b", {}, grouped(counts.p)), ` of ${grouped(claimed)} passed`];
      return el("td", {}, bar(counts), el("span", { class: "in-bar" }, score, el("span", { class: "of" }, all === 0 ? "" : ` ${grouped(claimed)} of ${grouped(all)} claimed`)));
    });
    return el("tr", {}, el("th", { scope: "row" }, queryLink(`profile:${quotedValue(profile)}`, profile), el("span", { class: "of" }, ` ${plural(clauses.length, "behaviour")}`)), cells);
  });
  return el("section", {}, el("h2", {}, "Score and coverage by profile"), el("p", { class: "note" }, "A profile is a group of behaviours that a backend can offer or leave out as a whole."), el("div", { class: "frame" }, table("Score and coverage by profile", "profiles", head, el("tbody", {}, rows))));
}

function whatRan() {
  const runs = [...new Set(model.current.map((column) => column.run))];
  const described = runs.map((run) => {
    const names = model.current.filter((column) => column.run === run).map((column) => column.name);
    const facts = [
      ["Backends", names.join(", ")],
      ["Started", moment(run.started)],
      ["Took", duration(run.seconds)],
      ["Command", run.command],
      ["Inputs", `${run.effort === "deep" ? "deeper random profile" : "the same on every run"}${run.seed === null ? "" : `, seed ${run.seed}`}`],
      ["Suite", `${run.suite.name} ${run.suite.version} (${run.suite.digest.slice(0, 12)})`],
      ...run.machine,
    ];
    return el("dl", { class: "facts run" }, facts.map(([name, value]) => el("div", { class: name === "Command" ? "command" : null }, el("dt", {}, name), el("dd", {}, name === "Command" ? code(value) : value))));
  });
  return el("section", {}, el("h2", {}, "What ran, and where"), described);
}
