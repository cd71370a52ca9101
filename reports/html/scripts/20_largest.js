// The largest errors one by one, with the inputs that gave them.

function largestErrors(found) {
  const rows = model.current.flatMap((column, at) =>
    found.places[at]
      .filter((place) => column.measured.has(place))
      .map((place) => ({
        column,
        check: model.checks[place],
        measured: column.measured.get(place),
        ratio: column.ratio[place],
        ulp: column.ulp[place],
      })),
  );
  const sort = sorting(["ulp", "ratio", "behaviour", "backend"], ["ulp", "down"]);
  const value = {
    ulp: (row) => row.ulp,
    ratio: (row) => row.ratio,
    behaviour: (row) => row.check.clause.id,
    backend: (row) => row.column.name,
  };
  return { sort, rows: ordered(rows, value[sort[0]], sort[1]) };
}

function showLargest(main, found) {
  const { sort, rows } = largestErrors(found);
  const head = [
    sortHeading("ulp", "ulp", sort, "number"),
    sortHeading("Error / budget", "ratio", sort, "number"),
    sortHeading("Behaviour", "behaviour", sort),
    sortHeading("Backend", "backend", sort),
    heading("Worst input"),
    heading("Element"),
    heading("Judged on"),
  ];
  const body = el("tbody", {});
  const made = table("The largest errors, in units in the last place", "largest", head, body);
  main.append(framed(made));
  new RowWindow(made, body, head.length).fill(rows.length, (place) => largestLine(rows[place]));
}

function largestLine({ column, check, measured, ratio, ulp }) {
  return el(
    "tr",
    {},
    el("td", { class: "number" }, measure(ulp)),
    el(
      "td",
      { class: `number${ratio > 1 ? " over" : ""}` },
      measure(ratio),
      ratio > 1 ? el("span", { "aria-hidden": "true" }, " ✕") : null,
    ),
    el(
      "th",
      { scope: "row" },
      clauseLink(check.clause, { check: check.key, backend: column.name }),
      el("span", { class: "of" }, ` ${check.name}`),
    ),
    el("td", {}, column.name),
    el("td", { class: "call", title: measured.call }, measured.call === null ? "" : code(measured.call)),
    el("td", {}, measured.index === null ? "" : code(measured.index)),
    el("td", {}, measured.exhaustive ? "all inputs" : `a sample of ${grouped(measured.cases)}`),
  );
}
