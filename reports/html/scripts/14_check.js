// One check of a behaviour on every backend: verdict, what was measured, and the input that gave the worst error.

function oneCheck(check) {
  const order = [...model.current].sort((a, b) => (b.name === state.backend) - (a.name === state.backend));
  const back = el(
    "a",
    { href: addressOf({ check: "", backend: "" }) },
    `All ${plural(check.clause.checks.length, "check")} of this behaviour`,
  );
  return el(
    "section",
    { class: "one-check" },
    el("h3", {}, check.name),
    el("p", { class: "note" }, back),
    order.map((column) => checkOn(column, check)),
  );
}

function checkOn(column, check) {
  const status = STATUS_OF[column.verdicts[check.place]];
  if (status === ABSENT) return null;
  if (WENT_WRONG.has(status.letter)) return el("div", {}, failureCard(column, check), measuredFacts(column, check));
  const head = el(
    "header",
    {},
    statusMark(status),
    column.imprecise.has(check.place) ? impreciseMark() : null,
    el("h4", {}, column.name),
  );
  return el(
    "article",
    { class: "result" },
    head,
    reasonOf(column, check),
    measuredFacts(column, check),
    reproduction(column, check),
  );
}

function measuredFacts(column, check) {
  const measured = column.measured.get(check.place);
  const row = column.rows.get(check.place);
  const facts = [
    ["Time", duration(row.seconds)],
    ["Host", row.host],
    ["Alternative chosen", column.dialect.get(check.place)],
    ["Name", checkName(column, check)],
  ];
  if (measured !== undefined) {
    facts.unshift(
      ["Worst error / budget", measure(column.ratio[check.place])],
      ["Largest error", `${measure(column.ulp[check.place])} ulp`],
      ["Worst input", measured.call],
      ["Worst element", measured.index],
      [
        "Judged",
        `${plural(measured.elements, "element")} of ${plural(measured.cases, "example")}, ${coveredText(measured)}`,
      ],
    );
  }
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const isCode = (name) => ["Worst input", "Worst element", "Name"].includes(name);
  return el(
    "dl",
    { class: "facts measured" },
    known.map(([name, value]) =>
      el(
        "div",
        { class: name === "Worst input" || name === "Name" ? "wide" : null },
        el("dt", {}, name),
        el("dd", {}, isCode(name) ? code(value) : value),
      ),
    ),
  );
}

function coveredText(measured) {
  return measured.exhaustive ? "all there are" : "a sample";
}
