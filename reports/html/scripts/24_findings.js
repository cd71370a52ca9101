// Findings: each known deviation of a backend as a short entry that can be read, cited and reproduced.

function findings(found) {
  const entries = new Map();
  model.current.forEach((column, at) => {
    for (const place of found.places[at]) {
      if (column.verdicts[place] !== "d") continue;
      const check = model.checks[place];
      const reason = column.reason.has(place) ? column.reason.get(place) : "";
      const link = column.link.get(place);
      // One cause that shows in several behaviours is one finding.
      const key = JSON.stringify([column.place, reason === "" ? check.clause.id : reason, link]);
      if (!entries.has(key)) entries.set(key, { column, reason, link, clauses: new Map(), checks: [] });
      const entry = entries.get(key);
      entry.checks.push(check);
      if (!entry.clauses.has(check.clause)) entry.clauses.set(check.clause, []);
      entry.clauses.get(check.clause).push(check);
    }
  });
  return [...entries.values()];
}

// Of several checks that deviate alike, the one with the shortest call is the one to start from.
function smallest(column, checks) {
  const length = (check) => {
    const failure = column.failures.get(check.place);
    return failure === undefined || failure.call === null ? Infinity : failure.call.length;
  };
  return checks.reduce((best, check) => (length(check) < length(best) ? check : best));
}

function versionsSeen({ column, checks }) {
  const runs = model.columns.filter(
    (one) => one.name === column.name && checks.some((check) => one.verdicts[check.place] === "d"),
  );
  return [...new Set(runs.map((one) => `${one.framework} ${one.version}`))];
}

function showFindings(main) {
  windows = [];
  const found = search(state.q);
  const entries = findings(found);
  const intro =
    "A deviation is a failure that is known: somebody has explained it, and linked where it is discussed. It does not count as passed. When it stops failing, the next run says so.";
  const list = el("div", { class: "findings" });
  const more = el("div", {});
  const draw = (limit) => {
    replaceChildren(list, entries.slice(0, limit).map(findingCard));
    replaceChildren(
      more,
      moreButton(entries.length, limit, "findings", () => draw(entries.length)),
    );
  };
  draw(30);
  replaceChildren(
    main,
    el(
      "div",
      { class: "view-head" },
      el("h1", {}, "Findings"),
      el("p", { class: "count" }, plural(entries.length, "known deviation")),
      el(
        "div",
        { class: "tools" },
        exportButtons(() => findingsExport(entries)),
        printButton(),
      ),
      found.problems.map((problem) => el("p", { class: "problem", role: "status" }, problem)),
    ),
    el("p", { class: "note wide" }, intro),
    entries.length === 0 ? el("p", { class: "nothing" }, "No known deviation is among these.") : list,
    more,
  );
}

const FIRST_SHOWN = 8;

function findingCard(entry) {
  const { column } = entry;
  const check = smallest(column, entry.checks);
  const clause = check.clause;
  const others = [...entry.clauses.keys()].filter((other) => other !== clause);
  const links = others
    .slice(0, FIRST_SHOWN)
    .map((other, place) => [place === 0 ? "" : ", ", clauseLink(other, { backend: column.name })]);
  const beyond = others.length > FIRST_SHOWN ? ` and ${plural(others.length - FIRST_SHOWN, "other")}` : "";
  const failure = column.failures.get(check.place);
  const happens = failure === undefined ? null : failure.summary;
  return el(
    "article",
    { class: "finding" },
    el(
      "header",
      {},
      statusMark(STATUS_NAMED.deviation),
      el("h2", {}, clauseLink(clause, { check: check.key, backend: column.name }), " in ", column.name),
    ),
    el(
      "div",
      { class: "two" },
      factList("told", [
        ["What the documentation says", [clause.sentence, " ", outward(clause.link, "Read it")]],
        ["What happens", happens],
        ["Why", entry.reason],
        ["Discussed at", entry.link === undefined ? null : outward(entry.link)],
        ["Also shows in", others.length === 0 ? null : [links, beyond]],
      ]),
      factList("seen", [
        ["Smallest call seen", failure === undefined || failure.call === null ? null : code(failure.call)],
        ["Expected", failure === undefined || failure.expected === null ? null : code(failure.expected)],
        ["Actual", failure === undefined || failure.actual === null ? null : code(failure.actual)],
        ["Seen in", listed(versionsSeen(entry))],
        ["How often", plural(entry.checks.length, "check")],
      ]),
    ),
    reproduction(column, check),
  );
}

function factList(kind, facts) {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return el(
    "dl",
    { class: `facts ${kind}` },
    known.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
  );
}
