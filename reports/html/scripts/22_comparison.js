// Two columns against each other: two runs of a backend, or two backends.

function showComparison(main) {
  windows = [];
  if (model.columns.length < 2) {
    replaceChildren(
      main,
      el("div", { class: "view-head" }, el("h1", {}, "Comparison")),
      el(
        "p",
        { class: "nothing" },
        "This page holds one backend in one run. Make it of two result files, and they can be compared here: ",
        code("python -m reports html new.json --since old.json -o report.html"),
      ),
    );
    return;
  }
  const [a, b] = chosenPair();
  const found = search(state.q);
  const checks = found.isAll ? model.checks : model.checks.filter(wordsTest());
  const changes = compareColumns(a, b, checks);
  const shown = CHANGES.filter((change) => (state.show === "" ? true : change.kind === state.show)).flatMap((change) =>
    changes[change.kind].map((check) => ({ change, check })),
  );
  replaceChildren(
    main,
    el(
      "div",
      { class: "view-head" },
      el("h1", {}, "Comparison"),
      pairForm(a, b),
      el(
        "div",
        { class: "tools" },
        exportButtons(() => comparisonExport(a, b, shown)),
        printButton(),
      ),
    ),
    suitesDiffer(a, b),
    environmentDiffers(a, b),
    changeTiles(changes, a, b),
    differenceTable(a, b, shown),
  );
}

// The search narrows a comparison by what a check is about, not by its verdict in one of the columns.
function wordsTest() {
  const tests = parseQuery(state.q)
    .terms.filter((term) => term.field in OF_CHECK || term.field === "text")
    .map((term) =>
      term.field === "text" ? (check) => check.words.includes(term.values[0]) !== term.negated : checkTest(term),
    );
  return (check) => tests.every((test) => test(check));
}

function pairForm(a, b) {
  const choice = (name, label, chosen) => {
    const options = model.columns.map((column) => {
      const option = el(
        "option",
        { value: String(column.place) },
        `${column.name} ${column.version}${model.runs.length === 1 ? "" : ` — ${moment(column.run.started)}`}`,
      );
      option.selected = column === chosen;
      return option;
    });
    return el(
      "label",
      {},
      label,
      " ",
      el("select", { onchange: (event) => go({ [name]: event.target.value }) }, options),
    );
  };
  const swap = el(
    "button",
    { type: "button", class: "quiet", onclick: () => go({ a: String(b.place), b: String(a.place) }) },
    "Swap",
  );
  return el("div", { class: "pair" }, choice("a", "From", a), choice("b", "to", b), swap);
}

function changeTiles(changes, a, b) {
  const tiles = CHANGES.map((change) => {
    const { kind, glyph, meaning } = change;
    const isOn = state.show === kind;
    return el(
      "button",
      {
        type: "button",
        class: `tile ${kind}`,
        "aria-pressed": String(isOn),
        title: meaning,
        onclick: () => go({ show: isOn ? "" : kind }),
      },
      el("span", { class: "tile-count" }, grouped(changes[kind].length)),
      el(
        "span",
        { class: "tile-word" },
        el("span", { class: "glyph", "aria-hidden": "true" }, glyph),
        ` ${wordOf(change, a, b)}`,
      ),
    );
  });
  return el("div", { class: "tiles", role: "group", "aria-label": "Kinds of change" }, tiles);
}

function differenceTable(a, b, shown) {
  if (shown.length === 0)
    return el(
      "p",
      { class: "nothing" },
      state.show === "" ? "Nothing changed between the two." : "No change of this kind.",
    );
  const [first, second] = labelsOf(a, b);
  const head = [heading("Change"), heading("Behaviour and check"), heading(first), heading(second)];
  const body = el("tbody", {});
  const made = table(`What changed from ${first} to ${second}`, "differences", head, body);
  const line = ({ change, check }) =>
    el(
      "tr",
      {},
      el(
        "td",
        { class: `change ${change.kind}` },
        el("span", { class: "glyph", "aria-hidden": "true" }, change.glyph),
        ` ${wordOf(change, a, b)}`,
      ),
      el(
        "th",
        { scope: "row" },
        clauseLink(check.clause, { check: check.key, backend: b.name }),
        el("span", { class: "of" }, ` ${check.name}`),
      ),
      ...[a, b].map((column) =>
        el(
          "td",
          {},
          statusMark(STATUS_OF[column.verdicts[check.place]]),
          Number.isNaN(column.ratio[check.place])
            ? null
            : el("span", { class: "mixed" }, ` ${measure(column.ratio[check.place])} × budget`),
        ),
      ),
    );
  const rows = new RowWindow(made, body, head.length);
  queueMicrotask(() => rows.fill(shown.length, (place) => line(shown[place])));
  return framed(made);
}
