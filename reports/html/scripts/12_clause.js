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
  const path = [queryLink(`profile:${quotedValue(clause.profile)}`, clause.profile), " / ", queryLink(`family:${quotedValue(clause.family)}`, clause.family), " / ", queryLink(`card:${quotedValue(clause.subject)}`, clause.subject)];
  return [
    el("div", { class: "panel-bar" }, el("nav", { class: "path", "aria-label": "Where this behaviour belongs" }, path), el("button", { type: "button", class: "quiet close", onclick: closePanel }, "Close", hidden(" this behaviour"))),
    el("h2", { class: "id", tabindex: "-1" }, clause.id),
    el("p", { class: "documented" }, clause.sentence),
    el("p", { class: "tools" }, outward(clause.link, "Read the documentation"), el("button", { type: "button", class: "copy", onclick: (event) => copyAddress(event.currentTarget) }, "Copy link")),
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
      el("td", {}, statusMark(standingOf(counts)), counts.imprecise > 0 ? [" ", impreciseMark()] : null, el("span", { class: "mixed" }, ` ${countsText(counts)}`)),
      el("td", { class: "number" }, worst === null ? "" : measure(column.ratio[worst.place])),
      el("td", { class: "number" }, ulp < 0 ? "" : measure(ulp)),
    );
  });
  const head = [heading("Backend"), heading("Verdict"), el("th", { scope: "col", class: "number" }, "Worst error / budget"), el("th", { scope: "col", class: "number" }, "Largest ulp")];
  return el("div", { class: "frame" }, table(`Verdicts on ${clause.id}`, "plain", head, el("tbody", {}, rows)));
}

function countsText(counts) {
  const parts = STATUSES.filter((status) => counts[status.letter] > 0).map((status) => `${grouped(counts[status.letter])} ${status.word}`);
  return parts.length > 1 ? parts.join(", ") : plural(documentedOf(counts), "check");
}

function dialectTable(clause) {
  if (clause.dialects.length === 0) return null;
  const chosen = (name) => model.current.filter((column) => clause.checks.some((check) => column.dialect.get(check.place) === name)).map((column) => column.name);
  const rows = clause.dialects.map(([name, meaning]) => el("tr", {}, el("th", { scope: "row" }, code(name)), el("td", {}, meaning), el("td", {}, listed(chosen(name)))));
  const head = [heading("Alternative"), heading("Meaning"), heading("Chosen by")];
  return el("section", {}, el("h3", {}, "The documentation permits alternatives"), el("div", { class: "frame" }, table("Permitted alternatives", "plain", head, el("tbody", {}, rows))));
}

// The failing checks: those of the backend in the address first, roots before what follows from them.
function wentWrong(clause) {
  const rank = { f: 0, e: 1, d: 2 };
  const wrong = model.current.flatMap((column) =>
    clause.checks.filter((check) => WENT_WRONG.has(column.verdicts[check.place])).map((check) => ({ column, check, rank: rank[column.verdicts[check.place]] })),
  );
  if (wrong.length === 0) return null;
  wrong.sort((a, b) => (b.column.name === state.backend) - (a.column.name === state.backend) || a.rank - b.rank || isRoot(b.column, b.check.place) - isRoot(a.column, a.check.place));
  const cards = el("div", {});
  const draw = (limit) => replaceChildren(cards, wrong.slice(0, limit).map(({ column, check }) => failureCard(column, check)), moreButton(wrong.length, limit, "failures", () => draw(wrong.length)));
  draw(FIRST_FAILURES);
  return el("section", {}, el("h3", {}, "What went wrong"), cards);
}

function moreButton(count, limit, what, show) {
  return count > limit ? el("button", { type: "button", class: "more", onclick: show }, `Show all ${grouped(count)} ${what}`) : null;
}

function checkTable(clause) {
  const body = el("tbody", {});
  const head = [heading("Check"), ...model.current.map((column) => heading(column.name))];
  const draw = (limit) => {
    replaceChildren(body, clause.checks.slice(0, limit).map(checkRow));
    replaceChildren(more, moreButton(clause.checks.length, limit, "checks", () => draw(clause.checks.length)));
  };
  const more = el("div", {});
  draw(FIRST_CHECKS);
  return el("section", {}, el("h3", {}, `Every check of it (${grouped(clause.checks.length)})`), el("p", { class: "note" }, "Each number is the error against the budget: up to 1 is allowed."), el("div", { class: "frame" }, table(`Checks of ${clause.id}`, "plain checks", head, body)), more);
}

function checkRow(check) {
  const link = el("a", { href: addressOf({ clause: check.clause.id, check: check.key, backend: "" }) }, check.name);
  const cells = model.current.map((column) => {
    const status = STATUS_OF[column.verdicts[check.place]];
    const ratio = column.ratio[check.place];
    const mark = el("span", { class: `status ${status.word.replace(" ", "-")}`, title: status.word }, el("span", { class: "glyph", "aria-hidden": "true" }, status.glyph), hidden(status.word));
    return el("td", {}, mark, Number.isNaN(ratio) ? null : ` ${measure(ratio)}`, column.imprecise.has(check.place) ? ` ${IMPRECISE.glyph}` : null);
  });
  return el("tr", {}, el("th", { scope: "row" }, link), cells);
}

function oneCheck(check) {
  const order = [...model.current].sort((a, b) => (b.name === state.backend) - (a.name === state.backend));
  const back = el("a", { href: addressOf({ check: "", backend: "" }) }, `All ${plural(check.clause.checks.length, "check")} of this behaviour`);
  return el("section", { class: "one-check" }, el("h3", {}, check.name), el("p", { class: "note" }, back), order.map((column) => checkOn(column, check)));
}

function checkOn(column, check) {
  const status = STATUS_OF[column.verdicts[check.place]];
  if (status === ABSENT) return null;
  if (WENT_WRONG.has(status.letter)) return el("div", {}, failureCard(column, check), measuredFacts(column, check));
  const head = el("header", {}, statusMark(status), column.imprecise.has(check.place) ? impreciseMark() : null, el("h4", {}, column.name));
  return el("article", { class: "result" }, head, reasonOf(column, check), measuredFacts(column, check), reproduction(column, check));
}

function measuredFacts(column, check) {
  const measured = column.measured.get(check.place);
  const row = column.rows.get(check.place);
  const facts = [["Time", duration(row.seconds)], ["Host", row.host], ["Alternative chosen", column.dialect.get(check.place)], ["Name", checkName(column, check)]];
  if (measured !== undefined) {
    facts.unshift(
      ["Worst error / budget", measure(column.ratio[check.place])],
      ["Largest error", `${measure(column.ulp[check.place])} ulp`],
      ["Worst input", measured.call],
      ["Worst element", measured.index],
      ["Judged", `${plural(measured.elements, "element")} of ${plural(measured.cases, "example")}, ${coveredText(measured)}`],
    );
  }
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const isCode = (name) => ["Worst input", "Worst element", "Name"].includes(name);
  return el("dl", { class: "facts measured" }, known.map(([name, value]) => el("div", { class: name === "Worst input" || name === "Name" ? "wide" : null }, el("dt", {}, name), el("dd", {}, isCode(name) ? code(value) : value))));
}

function coveredText(measured) {
  return measured.exhaustive ? "all there are" : "a sample";
}

function isNarrow() {
  return window.matchMedia("(max-width: 60rem)").matches;
}
