// What can change from one column to another: two runs of a backend, or two backends.

const CHANGES = [
  { kind: "broken", glyph: "✕", word: "newly failing", meaning: "the first passes, the second does not" },
  { kind: "mended", glyph: "✓", word: "newly passing", meaning: "the first does not pass, the second does" },
  { kind: "dropped", glyph: "⊖", word: "no longer offered", meaning: "the first offers it, the second does not" },
  { kind: "offered", glyph: "⊕", word: "newly offered", meaning: "the first does not offer it, the second does" },
  { kind: "other", glyph: "≠", word: "other verdict", meaning: "the verdict changed otherwise" },
  { kind: "worse", glyph: "↑", word: "less precise", meaning: "error against budget at least doubled" },
  { kind: "better", glyph: "↓", word: "more precise", meaning: "error against budget at least halved" },
  { kind: "added", glyph: "+", word: "added", meaning: "only in the second" },
  { kind: "removed", glyph: "−", word: "removed", meaning: "only in the first" },
];
// Below a hundredth of the budget, twice as much is still nothing.
const NEGLIGIBLE = 0.01;

function changeOf(a, b, place) {
  const [before, after] = [a.verdicts[place], b.verdicts[place]];
  if (before === after && before === ABSENT.letter) return null;
  if (before === ABSENT.letter) return "added";
  if (after === ABSENT.letter) return "removed";
  if (before === "p" && WENT_WRONG.has(after)) return "broken";
  if (WENT_WRONG.has(before) && after === "p") return "mended";
  if (before !== after && after === "u") return "dropped";
  if (before !== after && before === "u") return "offered";
  if (before !== after) return "other";
  const [was, is] = [a.ratio[place], b.ratio[place]];
  if (Number.isNaN(was) || Number.isNaN(is) || Math.max(was, is) < NEGLIGIBLE) return null;
  return is >= 2 * was && is > was ? "worse" : was >= 2 * is && was > is ? "better" : null;
}

function compareColumns(a, b, checks = model.checks) {
  const changes = Object.fromEntries(CHANGES.map((change) => [change.kind, []]));
  for (const check of checks) {
    const kind = changeOf(a, b, check.place);
    if (kind !== null) changes[kind].push(check);
  }
  return changes;
}

// Between two backends nothing is new: one of them fails or offers it, and the other does not.
function wordOf(change, a, b) {
  const words = {
    broken: `only ${b.name} fails`,
    mended: `only ${a.name} fails`,
    dropped: `only ${a.name} offers it`,
    offered: `only ${b.name} offers it`,
    added: `only in ${b.name}`,
    removed: `only in ${a.name}`,
  };
  return a.name === b.name ? change.word : (words[change.kind] ?? change.word);
}

// Two releases of a backend are told by their versions, what else is compared by names and times.
function labelsOf(a, b) {
  const areReleases = a.name === b.name && a.version !== b.version;
  return [a, b].map((column) => (areReleases ? `${column.name} ${column.version}` : column.label));
}

// What a reader most likely wants compared: the earlier run asked for, then a backend's runs, then two backends.
function usualPair() {
  const [first, second] = model.current;
  const earlier = model.columns.find((column) => column.run === model.baseline && !column.isCurrent);
  const before = earlier === undefined ? model.columns.find((column) => !column.isCurrent) : earlier;
  if (before !== undefined) return [before, model.current.find((column) => column.name === before.name)];
  return [first, second === undefined ? first : second];
}

function chosenPair() {
  const [a, b] = usualPair();
  const chosen = (value, usual) => {
    const column = value === "" ? undefined : model.columns[Number(value)];
    return column === undefined ? usual : column;
  };
  return [chosen(state.a, a), chosen(state.b, b)];
}
