// The panel of one behaviour: what is documented, what each backend does, and every check of it.

const FIRST_FAILURES = 6;
const FIRST_CHECKS = 40;

function showClause(panel, clause) {
  const check = model.checkByKey.get(state.check);
  const key = `${clause.id} ${state.check} ${state.backend}`;
  if (panel.dataset.key === key && panel.firstChild !== null) return;
  panel.dataset.key = key;
  const isOneCheck = check !== undefined && check.clause === clause;
  replaceChildren(
    panel,
    clauseHead(clause),
    isOneCheck ? oneCheck(check) : [backendTable(clause), dialectTable(clause), wentWrong(clause), checkTable(clause)],
  );
  panel.scrollTop = 0;
  if (isNarrow()) window.scrollTo(0, 0);
}

function clauseHead(clause) {
  const path = [
    queryLink(`profile:${quotedValue(clause.profile)}`, clause.profile),
    " / ",
    queryLink(`family:${quotedValue(clause.family)}`, clause.family),
    " / ",
    queryLink(`card:${quotedValue(clause.subject)}`, clause.subject),
  ];
  return [
    el(
      "div",
      { class: "panel-bar" },
      el("nav", { class: "path", "aria-label": "Where this behaviour belongs" }, path),
      el("button", { type: "button", class: "quiet close", onclick: closePanel }, "Close", hidden(" this behaviour")),
    ),
    el("h2", { class: "id", tabindex: "-1" }, clause.id),
    el("p", { class: "documented" }, clause.sentence),
    el(
      "p",
      { class: "tools" },
      outward(clause.link, "Read the documentation"),
      el(
        "button",
        { type: "button", class: "copy", onclick: (event) => copyAddress(event.currentTarget) },
        "Copy link",
      ),
    ),
  ];
}

function copyAddress(button) {
  settleAddress();
  copyText(location.href, button);
}

function closePanel() {
  const place = matrix.list.findIndex((row) => row.clause === matrix.selected);
  go({ clause: "", check: "", backend: "" });
  const row = place < 0 ? undefined : matrix.rows.reveal(place, { isCentred: isNarrow() });
  if (row !== undefined) row.querySelector("a.id").focus({ preventScroll: true });
}

function backendTable(clause) {
  const rows = model.current.map((column) => {
    const counts = column.byClause[clause.place];
    const worst = worstOf(column, clause.checks);
    const ulp = largest(clause.checks.map((check) => column.ulp[check.place]));
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, column.name),
      el(
        "td",
        {},
        statusMark(standingOf(counts)),
        counts.imprecise > 0 ? [" ", impreciseMark()] : null,
        el("span", { class: "mixed" }, ` ${countsText(counts)}`),
      ),
      el("td", { class: "number" }, worst === null ? "" : measure(column.ratio[worst.place])),
      el("td", { class: "number" }, ulp < 0 ? "" : measure(ulp)),
    );
  });
  const head = [
    heading("Backend"),
    heading("Verdict"),
    el("th", { scope: "col", class: "number" }, "Worst error / budget"),
    el("th", { scope: "col", class: "number" }, "Largest ulp"),
  ];
  return framed(table(`Verdicts on ${clause.id}`, "plain", head, el("tbody", {}, rows)));
}

function countsText(counts) {
  const parts = STATUSES.filter((status) => counts[status.letter] > 0).map(
    (status) => `${grouped(counts[status.letter])} ${status.word}`,
  );
  return parts.length > 1 ? parts.join(", ") : plural(documentedOf(counts), "check");
}

function dialectTable(clause) {
  if (clause.dialects.length === 0) return null;
  const chosen = (name) =>
    model.current
      .filter((column) => clause.checks.some((check) => column.dialect.get(check.place) === name))
      .map((column) => column.name);
  const rows = clause.dialects.map(([name, meaning]) =>
    el("tr", {}, el("th", { scope: "row" }, code(name)), el("td", {}, meaning), el("td", {}, listed(chosen(name)))),
  );
  const head = [heading("Alternative"), heading("Meaning"), heading("Chosen by")];
  return el(
    "section",
    {},
    el("h3", {}, "The documentation permits alternatives"),
    framed(table("Permitted alternatives", "plain", head, el("tbody", {}, rows))),
  );
}

// The failing checks: those of the backend in the address first, roots before what follows from them.
function wentWrong(clause) {
  const rank = { f: 0, e: 1, d: 2 };
  const wrong = model.current.flatMap((column) =>
    clause.checks
      .filter((check) => WENT_WRONG.has(column.verdicts[check.place]))
      .map((check) => ({ column, check, rank: rank[column.verdicts[check.place]] })),
  );
  if (wrong.length === 0) return null;
  wrong.sort(
    (a, b) =>
      (b.column.name === state.backend) - (a.column.name === state.backend) ||
      a.rank - b.rank ||
      isRoot(b.column, b.check.place) - isRoot(a.column, a.check.place),
  );
  const cards = el("div", {});
  const draw = (limit) =>
    replaceChildren(
      cards,
      wrong.slice(0, limit).map(({ column, check }) => failureCard(column, check)),
      moreButton(wrong.length, limit, "failures", () => draw(wrong.length)),
    );
  draw(FIRST_FAILURES);
  return el("section", {}, el("h3", {}, "What went wrong"), cards);
}

function moreButton(count, limit, what, show) {
  return count > limit
    ? el("button", { type: "button", class: "more", onclick: show }, `Show all ${grouped(count)} ${what}`)
    : null;
}

function checkTable(clause) {
  const body = el("tbody", {});
  const head = [heading("Check"), ...model.current.map((column) => heading(column.name))];
  const draw = (limit) => {
    replaceChildren(body, clause.checks.slice(0, limit).map(checkRow));
    replaceChildren(
      more,
      moreButton(clause.checks.length, limit, "checks", () => draw(clause.checks.length)),
    );
  };
  const more = el("div", {});
  draw(FIRST_CHECKS);
  return el(
    "section",
    {},
    el("h3", {}, `Every check of it (${grouped(clause.checks.length)})`),
    el("p", { class: "note" }, "Each number is the error against the budget: up to 1 is allowed."),
    framed(table(`Checks of ${clause.id}`, "plain checks", head, body)),
    more,
  );
}

function checkRow(check) {
  const link = el("a", { href: addressOf({ clause: check.clause.id, check: check.key, backend: "" }) }, check.name);
  const cells = model.current.map((column) => {
    const status = STATUS_OF[column.verdicts[check.place]];
    const ratio = column.ratio[check.place];
    const mark = el(
      "span",
      { class: `status ${status.word.replace(" ", "-")}`, title: status.word },
      el("span", { class: "glyph", "aria-hidden": "true" }, status.glyph),
      hidden(status.word),
    );
    return el(
      "td",
      {},
      mark,
      Number.isNaN(ratio) ? null : ` ${measure(ratio)}`,
      column.imprecise.has(check.place) ? ` ${IMPRECISE.glyph}` : null,
    );
  });
  return el("tr", {}, el("th", { scope: "row" }, link), cells);
}

function isNarrow() {
  return window.matchMedia("(max-width: 60rem)").matches;
}
