// Counting verdicts: by behaviour, by card, by profile and in all.

function countsOf(column, checks) {
  const counts = emptyCounts();
  for (const check of checks) {
    const letter = column.verdicts[check.place];
    if (letter !== ABSENT.letter) counts[letter]++;
    if (column.imprecise.has(check.place)) counts.imprecise++;
  }
  return counts;
}

// Once for each column: the counts of every clause, from which all others are sums.
function prepareCounts() {
  for (const column of model.columns) {
    column.byClause = model.clauses.map((clause) => countsOf(column, clause.checks));
  }
}

function sumOf(column, clauses) {
  const sum = emptyCounts();
  for (const clause of clauses) {
    for (const [name, count] of Object.entries(column.byClause[clause.place])) sum[name] += count;
  }
  return sum;
}

function totalOf(column) {
  return sumOf(column, model.clauses);
}

// "3 of 12" where only some of the checks have the verdict that stands for all of them.
function mixedCount(counts) {
  const status = standingOf(counts);
  const all = documentedOf(counts);
  return all === 0 || counts[status.letter] === all ? null : `${grouped(counts[status.letter])} of ${grouped(all)}`;
}

function worstOf(column, checks) {
  let worst = null;
  for (const check of checks) {
    const ratio = column.ratio[check.place];
    if (!Number.isNaN(ratio) && (worst === null || ratio > column.ratio[worst.place])) worst = check;
  }
  return worst;
}

function largest(values) {
  return values.reduce((most, value) => (Number.isNaN(value) || value <= most ? most : value), -1);
}

// A bar in which claimed checks have a body, and the unsupported only an outline; each verdict has its own pattern.
function bar(counts) {
  const parts = ["p", "d", "f", "e", "u"].filter((letter) => counts[letter] > 0);
  const pieces = parts.map((letter) => {
    const piece = el("span", { class: `piece ${STATUS_OF[letter].word}` });
    piece.style.flexGrow = String(counts[letter]);
    return piece;
  });
  return el("span", { class: "bar", "aria-hidden": "true" }, pieces);
}

// A share with what it is a share of: score and coverage say little without each other, or without their counts.
function share(name, part, whole, meaning) {
  return el(
    "div",
    { class: "share" },
    el("dt", {}, name),
    el(
      "dd",
      {},
      el("span", { class: "figure" }, percentage(part, whole)),
      el("span", { class: "of" }, `${ofTotal(part, whole)} ${meaning}`),
    ),
  );
}

function scoreAndCoverage(counts) {
  const claimed = claimedOf(counts);
  return el(
    "dl",
    { class: "shares" },
    share("Score", counts.p, claimed, "claimed checks passed"),
    share("Coverage", claimed, documentedOf(counts), "documented checks claimed"),
  );
}
