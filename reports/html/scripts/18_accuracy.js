// Error against budget: its distribution for every operator, and the largest errors with the inputs that gave them.

function showAccuracy(main) {
  windows = [];
  const found = search(state.q);
  const isList = state.show === "largest";
  const tabs = [
    ["", "By operator"],
    ["largest", "Largest errors"],
  ].map(([show, label]) =>
    el(
      "a",
      { href: addressOf({ show, sort: "" }), "aria-current": (show === "largest") === isList ? "true" : null },
      label,
    ),
  );
  const measured = model.current.reduce(
    (sum, column, place) => sum + found.places[place].filter((check) => column.measured.has(check)).length,
    0,
  );
  replaceChildren(
    main,
    el(
      "div",
      { class: "view-head" },
      el("h1", {}, "Accuracy"),
      el("p", { class: "count" }, `${plural(measured, "measured check")}`),
      el(
        "div",
        { class: "tools" },
        el("nav", { class: "segments", "aria-label": "What is listed" }, tabs),
        exportButtons(() => (isList ? largestExport(found) : groupsExport(found))),
        printButton(),
      ),
      found.problems.map((problem) => el("p", { class: "problem", role: "status" }, problem)),
    ),
    el(
      "p",
      { class: "note wide" },
      "Every calculation has a budget: the largest rounding error that its own operations can add up to, in any order. An error of 1 × the budget or less is correct. Beyond it, no order of the operations explains the result. The bars count checks; along the scale each label is a hundred times the one before it. The short tick is the median, the ring the worst check, the cross a worst check beyond the budget.",
    ),
  );
  if (measured === 0) main.append(el("p", { class: "nothing" }, "No numerical check is among these."));
  else if (isList) showLargest(main, found);
  else showGroups(main, found);
}

function accuracyGroups(found) {
  const groups = new Map();
  model.current.forEach((column, at) => {
    for (const place of found.places[at]) {
      if (!column.measured.has(place)) continue;
      const check = model.checks[place];
      const key = `${check.clause.subject} ${column.place} ${check.dtype}`;
      if (!groups.has(key))
        groups.set(key, {
          card: check.clause.subject,
          column,
          dtype: check.dtype === null ? "" : check.dtype,
          checks: [],
        });
      groups.get(key).checks.push(check);
    }
  });
  for (const group of groups.values()) {
    const ratios = group.checks.map((check) => group.column.ratio[check.place]).sort((a, b) => a - b);
    group.ratios = ratios;
    group.median = ratios[Math.floor((ratios.length - 1) / 2)];
    group.worst = worstOf(group.column, group.checks);
    group.ratio = group.column.ratio[group.worst.place];
    group.ulp = largest(group.checks.map((check) => group.column.ulp[check.place]));
  }
  return [...groups.values()];
}

function sortedGroups(found) {
  const sort = sorting(["card", "backend", "type", "median", "worst", "ulp", "checks"], ["worst", "down"]);
  const value = {
    card: (g) => g.card,
    backend: (g) => g.column.name,
    type: (g) => g.dtype,
    median: (g) => g.median,
    worst: (g) => g.ratio,
    ulp: (g) => g.ulp,
    checks: (g) => g.checks.length,
  };
  return { sort, groups: ordered(accuracyGroups(found), value[sort[0]], sort[1]) };
}

function showGroups(main, found) {
  const { sort, groups } = sortedGroups(found);
  const head = [
    sortHeading("Operator", "card", sort),
    sortHeading("Backend", "backend", sort),
    sortHeading("Type", "type", sort),
    el("th", { scope: "col", class: "chart" }, "Error against budget", axis()),
    sortHeading("Median", "median", sort, "number"),
    sortHeading("Worst", "worst", sort, "number"),
    sortHeading("Largest ulp", "ulp", sort, "number"),
    sortHeading("Checks", "checks", sort, "number"),
  ];
  const body = el("tbody", {});
  const made = table("Error against budget by operator, backend and type", "accuracy", head, body);
  main.append(framed(made));
  stateRoles(made);
  new RowWindow(made, body, head.length).fill(groups.length, (place) => groupLine(groups[place]));
}

function groupLine(group) {
  const worst = group.worst;
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, group.card),
    el("td", {}, group.column.name),
    el("td", {}, group.dtype),
    el("td", { class: "chart" }, distribution(group)),
    el("td", { class: "number extra" }, measure(group.median)),
    el(
      "td",
      { class: `number${group.ratio > 1 ? " over" : ""}` },
      el(
        "a",
        { href: linkTo("matrix", { clause: worst.clause.id, check: worst.key, backend: group.column.name }) },
        measure(group.ratio),
        hidden(` times the budget, ${worst.name}`),
      ),
      group.ratio > 1 ? el("span", { "aria-hidden": "true" }, " ✕") : null,
    ),
    el("td", { class: "number extra" }, measure(group.ulp)),
    el("td", { class: "number extra" }, grouped(group.checks.length)),
  );
}
