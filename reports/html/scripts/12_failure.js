// One failure, told so that somebody who has only this page can understand and reproduce it.

const FIRST_CAUSES = 4;

function failureCard(column, check) {
  const status = STATUS_OF[column.verdicts[check.place]];
  const failure = column.failures.get(check.place);
  const link = addressOf({ view: "matrix", clause: check.clause.id, check: check.key, backend: column.name });
  const head = el(
    "header",
    {},
    statusMark(status),
    el("h4", {}, el("a", { href: link, class: "plain" }, `${column.name} — ${check.name}`)),
  );
  return el(
    "article",
    { class: `failure ${status.word}` },
    head,
    reasonOf(column, check),
    failure === undefined ? null : failureBody(failure, column, check),
    reproduction(column, check),
  );
}

function failureBody(failure, column, check) {
  return [
    failure.summary === null ? null : el("p", { class: "summary" }, failure.summary),
    followsText(failure, column),
    failure.call === null
      ? null
      : el("div", {}, el("p", { class: "label" }, "The call"), el("pre", {}, code(failure.call))),
    failureFacts(failure, column, check),
    failure.surroundings === null
      ? null
      : el(
          "div",
          {},
          el("p", { class: "label" }, "Around it"),
          el("pre", { class: "around" }, code(failure.surroundings)),
        ),
    failure.traceback === null
      ? null
      : el("details", {}, el("summary", {}, "Traceback"), el("pre", {}, code(failure.traceback))),
    failure.isShort
      ? el(
          "p",
          { class: "note" },
          "Surroundings and traceback are left out of this page for its size; the result file has them.",
        )
      : null,
  ];
}

function failureFacts(failure, column, check) {
  const ratio = column.ratio[check.place];
  const facts = [
    ["Expected", failure.expected],
    ["Actual", failure.actual],
    ["First bad element", failure.index],
    ["Error", failure.error],
    ["Allowed", failure.allowed],
    // A wrong shape, or a number where none should be, has no size.
    ["Worst error", Number.isFinite(ratio) ? `${measure(ratio)} × the budget` : null],
  ].filter(([, value]) => value !== null && value !== "");
  return el(
    "dl",
    { class: "facts" },
    facts.map(([name, value]) =>
      el("div", { class: name.toLowerCase().replace(/ /g, "-") }, el("dt", {}, name), el("dd", {}, code(value))),
    ),
  );
}

function followsText(failure, column) {
  if (failure.follows.length === 0) return null;
  const links = failure.follows.slice(0, FIRST_CAUSES).map((id, place) => {
    const clause = model.clauseById.get(id);
    return [place === 0 ? "" : ", ", clause === undefined ? code(id) : clauseLink(clause, { backend: column.name })];
  });
  const others = failure.follows.length - links.length;
  const more = others === 0 ? "" : ` and ${plural(others, "other")}`;
  return el("p", { class: "follows" }, "Follows from the failure of ", links, more, ": look there first.");
}

function reasonOf(column, check) {
  const reason = column.reason.get(check.place);
  const link = column.link.get(check.place);
  if (reason === undefined && link === undefined) return null;
  return el(
    "p",
    { class: "reason" },
    reason === undefined ? null : el("span", {}, reason, " "),
    link === undefined ? null : outward(link, "Read more"),
  );
}

function commandOf(column, check) {
  return filledIn(column.rows.get(check.place).command, column, check);
}

function reproduction(column, check) {
  const command = commandOf(column, check);
  if (command === null) return null;
  return el(
    "div",
    { class: "reproduce" },
    el("p", { class: "label" }, "To reproduce"),
    el("pre", {}, el("code", {}, unbroken(command))),
    copyButton(command, `Copy the command that reproduces ${column.name}, ${check.name}`),
  );
}

// A line of words that are broken between rather than within: browsers would break after each hyphen.
function unbroken(line) {
  return line
    .split(" ")
    .map((word, place) => [place === 0 ? "" : " ", word === "" ? "" : el("span", { class: "word" }, word)]);
}
