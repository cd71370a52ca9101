// What fails of its own accord, with what only follows from it: one broken operator is one entry.

const FIRST_ROOTS = 15;

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
  if (roots.length === 0)
    return el("section", {}, el("h2", {}, "What fails"), el("p", { class: "fine" }, "No check failed."));
  const list = el("ol", { class: "roots" });
  const section = el(
    "section",
    {},
    el("h2", {}, "What fails"),
    el(
      "p",
      { class: "note" },
      `${plural(roots.length, "behaviour")} ${roots.length === 1 ? "fails" : "fail"} of ${roots.length === 1 ? "its" : "their"} own accord. Failures that only follow from one of these are counted with it.`,
    ),
    list,
  );
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
    return el(
      "li",
      {},
      el(
        "a",
        {
          class: "plain",
          href: linkTo("matrix", { q: "status:failed,error", clause: clause.id, backend: column.name }),
        },
        statusMark(status, [" in ", el("b", {}, column.name), `, ${plural(checks.length, "check")}`]),
      ),
    );
  });
  const [column, checks] = byColumn.entries().next().value;
  const failure = column.failures.get(checks[0].place);
  return el(
    "li",
    {},
    el(
      "div",
      { class: "root-head" },
      clauseLink(clause, { q: "status:failed,error" }),
      el("p", { class: "sentence" }, clause.sentence),
    ),
    el(
      "div",
      {},
      el("ul", { class: "chips" }, backends),
      failure === undefined || failure.summary === null ? null : el("p", { class: "summary" }, failure.summary),
      dependants === undefined
        ? null
        : el(
            "p",
            { class: "follows" },
            `${plural(dependants.size, "further behaviour")} ${dependants.size === 1 ? "fails" : "fail"} because of it: `,
            [...dependants].slice(0, 6).map((one, place) => [place === 0 ? "" : ", ", clauseLink(one)]),
            dependants.size > 6 ? " …" : "",
          ),
    ),
  );
}
