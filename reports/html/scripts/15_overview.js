// The first thing that a reader sees: what was tested, how each backend did, and where to look first.

function showOverview(main) {
  windows = [];
  replaceChildren(
    main,
    el(
      "section",
      { class: "hero" },
      el("h1", {}, "Does it do what the documentation says?"),
      el("p", { class: "lead" }, leadText()),
      warnings(),
    ),
    el(
      "section",
      { "aria-label": "Backends" },
      el("div", { class: "backends" }, model.current.map(backendCard)),
      legend(),
    ),
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
    ` in all, on ${plural(examplesJudged(), "example")}, in ${duration(secondsTaken())}. Numbers are compared with an extended-precision reference, and the error allowed for each is derived from its own calculation. `,
    viewLink("about", {}, "How to read this page"),
  ];
}

function secondsTaken() {
  const runs = [...new Set(model.current.map((column) => column.run))];
  return runs.reduce((sum, run) => sum + run.seconds, 0);
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
    if (!run.complete)
      said.push(
        `The run of ${names} ended early: ${ofTotal(resultsIn(run), run.planned)} planned checks have a verdict.`,
      );
    else if (run.shard !== null)
      said.push(
        `The run of ${names} is part ${run.shard.replace("/", " of ")} of a larger one: ${ofTotal(resultsIn(run), run.planned)} planned checks are here.`,
      );
    if (run.selection !== "")
      said.push(
        `The run of ${names} took a selection of the checks (${run.selection}), so coverage is that of the selection.`,
      );
    if (run.lacks.size + run.differs.size > 0)
      said.push(`${names} was judged by other behaviours than the latest run here: ${suiteDifference(run)}.`);
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
  const facts = column.declarations.map(([name, value]) =>
    el("li", {}, el("span", { class: "term" }, name), ` ${value}`),
  );
  const wrong = STATUSES.filter((status) => status.letter !== "p" && counts[status.letter] > 0).map((status) =>
    el(
      "li",
      {},
      queryLink(
        `status:${status.word} backend:${quotedValue(column.name)}`,
        statusMark(status, ` ${grouped(counts[status.letter])}`),
      ),
    ),
  );
  if (counts.imprecise > 0)
    wrong.push(
      el(
        "li",
        {},
        queryLink(`is:imprecise backend:${quotedValue(column.name)}`, impreciseMark(), ` ${grouped(counts.imprecise)}`),
      ),
    );
  return el(
    "article",
    { class: "backend" },
    el("h2", {}, column.name),
    el(
      "p",
      { class: "identity" },
      `${column.framework} ${column.version} on ${column.device}`,
      column.dtypes.length > 0 ? `, ${column.dtypes.join(", ")}` : "",
    ),
    bar(counts),
    scoreAndCoverage(counts),
    wrong.length === 0
      ? el("p", { class: "fine" }, statusMark(STATUS_NAMED.passed), ": nothing failed, nothing was left out.")
      : el("ul", { class: "chips" }, wrong),
    facts.length === 0
      ? null
      : el("ul", { class: "declares", "aria-label": "What it declares of its arithmetic" }, facts),
  );
}

function legend() {
  const entries = STATUSES.map((status) =>
    el(
      "div",
      {},
      el("dt", {}, statusMark(status), el("span", { class: `swatch piece ${status.word}`, "aria-hidden": "true" })),
      el("dd", {}, status.meaning),
    ),
  );
  const flag = el("div", {}, el("dt", {}, impreciseMark()), el("dd", {}, IMPRECISE.meaning));
  return el(
    "details",
    { class: "legend" },
    el("summary", {}, "What the words and bars mean"),
    el("dl", {}, entries, flag),
  );
}
