// Several runs of one backend, oldest first, as lines that show a direction and a table that shows the numbers.

function showHistory(main) {
  windows = [];
  const histories = model.current
    .map((column) => [column, ...model.columns.filter((one) => one !== column && one.name === column.name)])
    .filter((columns) => columns.length > 1);
  const nothing = el(
    "p",
    { class: "nothing" },
    "This page holds one run of each backend. Made of several result files, it shows here how a backend changed: ",
    code("python -m reports html january.json february.json march.json -o report.html"),
  );
  replaceChildren(
    main,
    el(
      "div",
      { class: "view-head" },
      el("h1", {}, "History"),
      el(
        "div",
        { class: "tools" },
        exportButtons(() => profilesExport(model.columns)),
        printButton(),
      ),
    ),
    histories.length === 0 ? nothing : histories.map((columns) => historyOf(columns.slice().reverse())),
  );
}

function historyOf(columns) {
  const points = columns.map((column) => {
    const counts = totalOf(column);
    return { column, counts, claimed: claimedOf(counts), all: documentedOf(counts), worst: largest([...column.ratio]) };
  });
  const lines = [
    [
      "Passed of claimed",
      points.map((point) => (point.claimed === 0 ? NaN : point.counts.p / point.claimed)),
      (value) => percentage(Math.round(value * 1e6), 1e6),
    ],
    [
      "Claimed of documented",
      points.map((point) => (point.all === 0 ? NaN : point.claimed / point.all)),
      (value) => percentage(Math.round(value * 1e6), 1e6),
    ],
    ["Failed", points.map((point) => point.counts.f + point.counts.e), grouped],
    ["Worst error / budget", points.map((point) => (point.worst < 0 ? NaN : point.worst)), measure],
  ];
  const last = columns[columns.length - 1];
  const figures = lines.map(([label, values, format]) =>
    el(
      "figure",
      {},
      el("figcaption", {}, label),
      sparkline(values, label, format),
      el(
        "p",
        { class: "latest" },
        el("b", {}, format(values[values.length - 1])),
        values.length > 1 ? el("span", { class: "of" }, ` from ${format(values[0])}`) : null,
      ),
    ),
  );
  return el(
    "section",
    { class: "history" },
    el("h2", {}, last.name),
    el("div", { class: "figures" }, figures),
    historyTable(points),
  );
}

function sparkline(values, label, format) {
  const [width, height, edge] = [220, 44, 5];
  const known = values.filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (place) => edge + (place * (width - 2 * edge)) / Math.max(1, values.length - 1);
  const y = (value) =>
    high === low ? height / 2 : height - edge - ((Math.min(value, high) - low) / (high - low)) * (height - 2 * edge);
  const drawn = values
    .map((value, place) => [x(place), Number.isNaN(value) ? NaN : y(value)])
    .filter(([, at]) => !Number.isNaN(at));
  const words = `${label}, from ${format(values[0])} to ${format(values[values.length - 1])} over ${grouped(values.length)} runs`;
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "sparkline", role: "img", "aria-label": words },
    svg("polyline", { points: drawn.map((point) => point.map((at) => at.toFixed(1)).join(",")).join(" ") }),
    drawn.map(([cx, cy], place) => svg("circle", { cx, cy, r: place === drawn.length - 1 ? 3.6 : 2 })),
  );
}

function historyTable(points) {
  const head = [
    heading("Run"),
    heading("Version"),
    ...STATUSES.map((status) => el("th", { scope: "col", class: "number" }, status.word)),
    el("th", { scope: "col", class: "number" }, "worst error / budget"),
    heading("Compared with the run before"),
  ];
  const rows = points.map((point, place) => {
    const column = point.column;
    const before = place === 0 ? null : points[place - 1].column;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, moment(column.run.started)),
      el("td", {}, column.version),
      STATUSES.map((status) => el("td", { class: "number" }, grouped(point.counts[status.letter]))),
      el("td", { class: "number" }, point.worst < 0 ? "" : measure(point.worst)),
      el(
        "td",
        {},
        before === null
          ? ""
          : viewLink(
              "comparison",
              { a: String(before.place), b: String(column.place) },
              "what changed",
              hidden(` up to ${moment(column.run.started)}`),
            ),
      ),
    );
  });
  return framed(table("Runs, oldest first", "plain", head, el("tbody", {}, rows)));
}
