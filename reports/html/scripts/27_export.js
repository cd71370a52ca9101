// The current view as CSV or JSON: what the query found, in the order on screen.

function exportButtons(rowsOf) {
  const button = (kind, write) =>
    el(
      "button",
      {
        type: "button",
        class: "quiet",
        onclick: () =>
          download(
            `${state.view}.${kind.toLowerCase()}`,
            write(rowsOf()),
            kind === "CSV" ? "text/csv" : "application/json",
          ),
      },
      kind,
      hidden(" download of this view"),
    );
  return [button("CSV", asCsv), button("JSON", (rows) => `${JSON.stringify(rows, null, 1)}\n`)];
}

function printButton() {
  return el(
    "button",
    { type: "button", class: "quiet", onclick: printEverything },
    "Print",
    hidden(" every row of this view"),
  );
}

function printEverything() {
  showWhole(true);
  window.print();
}

function matrixExport(found) {
  return model.current.flatMap((column, at) => found.places[at].map((place) => resultRow(column, model.checks[place])));
}

function resultRow(column, check) {
  const failure = column.failures.get(check.place);
  const measured = column.measured.get(check.place);
  return {
    backend: column.name,
    version: column.version,
    behaviour: check.clause.id,
    profile: check.clause.profile,
    card: check.clause.subject,
    check: checkName(column, check),
    law: check.law,
    case: check.case,
    dtype: check.dtype,
    status: STATUS_OF[column.verdicts[check.place]].word,
    imprecise: column.imprecise.has(check.place),
    ratio: numberOrText(column.ratio[check.place]),
    ulp: numberOrText(column.ulp[check.place]),
    worst_input: measured === undefined ? null : measured.call,
    summary: failure === undefined ? null : failure.summary,
    follows_from: failure === undefined || failure.follows.length === 0 ? null : failure.follows.join(" "),
    reason: given(column.reason.get(check.place)),
    link: given(column.link.get(check.place)),
    documentation: check.clause.link,
    reproduce: commandOf(column, check),
  };
}

function given(value) {
  return value === undefined ? null : value;
}

function numberOrText(value) {
  return Number.isNaN(value) ? null : value === Infinity ? "inf" : value;
}

// Score and coverage as counts, by profile: of the current runs, or of all that the page holds.
function profilesExport(columns) {
  return columns.flatMap((column) =>
    model.profiles.map((profile) => {
      const counts = sumOf(
        column,
        model.clauses.filter((clause) => clause.profile === profile),
      );
      const verdicts = Object.fromEntries(STATUSES.map((status) => [status.word, counts[status.letter]]));
      const what = { backend: column.name, version: column.version, started: column.run.started, profile };
      return {
        ...what,
        claimed: claimedOf(counts),
        documented: documentedOf(counts),
        ...verdicts,
        imprecise: counts.imprecise,
      };
    }),
  );
}

function groupsExport(found) {
  return sortedGroups(found).groups.map((group) => ({
    card: group.card,
    backend: group.column.name,
    dtype: group.dtype,
    checks: group.checks.length,
    median_ratio: numberOrText(group.median),
    worst_ratio: numberOrText(group.ratio),
    largest_ulp: numberOrText(group.ulp),
    worst_check: checkName(group.column, group.worst),
  }));
}

function largestExport(found) {
  return largestErrors(found).rows.map((row) => resultRow(row.column, row.check));
}

function comparisonExport(a, b, shown) {
  return shown.map(({ change, check }) => ({
    change: change.word,
    behaviour: check.clause.id,
    check: check.key,
    from: a.label,
    from_status: STATUS_OF[a.verdicts[check.place]].word,
    from_ratio: numberOrText(a.ratio[check.place]),
    to: b.label,
    to_status: STATUS_OF[b.verdicts[check.place]].word,
    to_ratio: numberOrText(b.ratio[check.place]),
  }));
}

function findingsExport(entries) {
  return entries.flatMap((entry) =>
    [...entry.clauses.values()].map((checks) => ({
      ...resultRow(entry.column, smallest(entry.column, checks)),
      checks: checks.length,
      versions: versionsSeen(entry).join(", "),
    })),
  );
}

function asCsv(rows) {
  if (rows.length === 0) return "";
  const names = Object.keys(rows[0]);
  const lines = rows.map((row) => names.map((name) => csvCell(row[name])).join(","));
  return `${[names.join(","), ...lines].join("\r\n")}\r\n`;
}

// A cell that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^\s*[=+\-@|%＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function download(name, content, kind) {
  const address = URL.createObjectURL(new Blob([content], { type: `${kind};charset=utf-8` }));
  const link = el("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  announce(`${name} was made.`);
}
