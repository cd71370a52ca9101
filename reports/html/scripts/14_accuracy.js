// Error against budget: its distribution for every operator, and the largest errors with the inputs that gave them.

const DECADES = [-4, 3];
const WIDTH = 280;
const HEIGHT = 30;
const BINS_A_DECADE = 4;

function showAccuracy(main) {
  windows = [];
  const found = search(state.q);
  const isList = state.show === "largest";
  const tabs = [["", "By operator"], ["largest", "Largest errors"]].map(([show, label]) =>
    el("a", { href: addressOf({ show, sort: "" }), "aria-current": (show === "largest") === isList ? "true" : null }, label),
  );
  const measured = model.current.reduce((sum, column, place) => sum + found.places[place].filter((check) => column.measured.has(check)).length, 0);
  replaceChildren(
    main,
    el(
      "div",
      { class: "view-head" },
      el("h1", {}, "Accuracy"),
      el("p", { class: "count", role: "status" }, `${plural(measured, "measured check")}`),
      el("div", { class: "tools" }, el("nav", { class: "segments", "aria-label": "What is listed" }, tabs), exportButtons(() => (isList ? largestExport(found) : groupsExport(found))), printButton()),
      found.problems.map((problem) => el("p", { class: "problem", role: "status" }, problem)),
    ),
    el("p", { class: "note wide" }, "Every calculation has a budget: the largest rounding error that its own operations can add up to, in any order. An error of 1 × the budget or less is correct. Beyond it, no order of the operations explains the result. Bars count checks, on a scale of tens; the short tick is the median, the ring the worst check, the cross a check beyond the budget."),
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
      if (!groups.has(key)) groups.set(key, { card: check.clause.subject, column, dtype: check.dtype === null ? "" : check.dtype, checks: [] });
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
  const value = { card: (g) => g.card, backend: (g) => g.column.name, type: (g) => g.dtype, median: (g) => g.median, worst: (g) => g.ratio, ulp: (g) => g.ulp, checks: (g) => g.checks.length };
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
  main.append(el("div", { class: "frame" }, made));
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
    el("td", { class: "number" }, measure(group.median)),
    el("td", { class: `number${group.ratio > 1 ? " over" : ""}` }, el("a", { href: linkTo("matrix", { clause: worst.clause.id, check: worst.key, backend: group.column.name }) }, measure(group.ratio), hidden(` times the budget, ${worst.name}`)), group.ratio > 1 ? el("span", { "aria-hidden": "true" }, " ✕") : null),
    el("td", { class: "number" }, measure(group.ulp)),
    el("td", { class: "number" }, grouped(group.checks.length)),
  );
}

// Where a ratio lies on the axis, from 0 to WIDTH; what lies beyond either end is drawn at that end.
function across(ratio) {
  const decade = ratio === 0 ? DECADES[0] : Math.log10(ratio);
  const share = (Math.min(Math.max(decade, DECADES[0]), DECADES[1]) - DECADES[0]) / (DECADES[1] - DECADES[0]);
  return share * (WIDTH - 8) + 4;
}

function axis() {
  const labels = [[1e-4, "≤ 0.0001"], [1e-2, "0.01"], [1, "budget"], [1e2, "100"]].map(([ratio, label]) => svg("text", { x: across(ratio), y: 11, "text-anchor": ratio === 1e-4 ? "start" : "middle", class: ratio === 1 ? "budget" : null }, label));
  return svg("svg", { viewBox: `0 0 ${WIDTH} 14`, class: "axis", "aria-hidden": "true" }, labels);
}

// A histogram in quarter decades, the budget as a line, the median as a tick, and the worst point as a mark.
function distribution(group) {
  const bins = new Array((DECADES[1] - DECADES[0]) * BINS_A_DECADE).fill(0);
  for (const ratio of group.ratios) {
    const decade = ratio === 0 ? DECADES[0] : Math.log10(ratio);
    bins[Math.min(bins.length - 1, Math.max(0, Math.floor((decade - DECADES[0]) * BINS_A_DECADE)))]++;
  }
  const most = Math.max(...bins);
  const width = (WIDTH - 8) / bins.length;
  const path = bins.map((count, bin) => {
    if (count === 0) return "";
    const height = 3 + (HEIGHT - 9) * Math.sqrt(count / most);
    return `M${(4 + bin * width + 0.5).toFixed(1)} ${HEIGHT - 4}v${(-height).toFixed(1)}h${(width - 1).toFixed(1)}v${height.toFixed(1)}z`;
  });
  const isOver = group.ratio > 1;
  const [worst, middle, budget] = [across(group.ratio), across(group.median), across(1)];
  const y = HEIGHT - 4;
  const label = `${grouped(group.ratios.length)} checks: median ${measure(group.median)}, worst ${measure(group.ratio)} times the budget`;
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "distribution", role: "img", "aria-label": label },
    svg("rect", { x: budget, y: 0, width: WIDTH - budget, height: HEIGHT, class: "beyond" }),
    svg("line", { x1: 0, x2: WIDTH, y1: y, y2: y, class: "ground" }),
    svg("path", { d: path.join(""), class: "bins" }),
    svg("line", { x1: budget, x2: budget, y1: 0, y2: HEIGHT, class: "budget" }),
    svg("line", { x1: middle, x2: middle, y1: y - 2, y2: y + 4, class: "median" }),
    isOver ? svg("path", { d: `M${worst - 4} ${y - 12}l8 8m0 -8l-8 8`, class: "worst over" }) : svg("circle", { cx: worst, cy: y - 8, r: 3.2, class: "worst" }),
  );
}

function largestErrors(found) {
  const rows = model.current.flatMap((column, at) =>
    found.places[at].filter((place) => column.measured.has(place)).map((place) => ({ column, check: model.checks[place], measured: column.measured.get(place), ratio: column.ratio[place], ulp: column.ulp[place] })),
  );
  const sort = sorting(["ulp", "ratio", "behaviour", "backend"], ["ulp", "down"]);
  const value = { ulp: (row) => row.ulp, ratio: (row) => row.ratio, behaviour: (row) => row.check.clause.id, backend: (row) => row.column.name };
  return { sort, rows: ordered(rows, value[sort[0]], sort[1]) };
}

function showLargest(main, found) {
  const { sort, rows } = largestErrors(found);
  const head = [sortHeading("ulp", "ulp", sort, "number"), sortHeading("Error / budget", "ratio", sort, "number"), sortHeading("Behaviour", "behaviour", sort), sortHeading("Backend", "backend", sort), heading("Worst input"), heading("Element"), heading("Judged on")];
  const body = el("tbody", {});
  const made = table("The largest errors, in units in the last place", "largest", head, body);
  main.append(el("div", { class: "frame" }, made));
  new RowWindow(made, body, head.length).fill(rows.length, (place) => largestLine(rows[place]));
}

function largestLine({ column, check, measured, ratio, ulp }) {
  return el(
    "tr",
    {},
    el("td", { class: "number" }, measure(ulp)),
    el("td", { class: `number${ratio > 1 ? " over" : ""}` }, measure(ratio), ratio > 1 ? el("span", { "aria-hidden": "true" }, " ✕") : null),
    el("th", { scope: "row" }, clauseLink(check.clause, { check: check.key, backend: column.name }), el("span", { class: "of" }, ` ${check.name}`)),
    el("td", {}, column.name),
    el("td", { class: "call", title: measured.call }, measured.call === null ? "" : code(measured.call)),
    el("td", {}, measured.index === null ? "" : code(measured.index)),
    el("td", {}, measured.exhaustive ? "all inputs" : `a sample of ${grouped(measured.cases)}`),
  );
}
