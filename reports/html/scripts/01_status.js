// The verdicts: what each is called, how it is drawn, and what it means to somebody who sees it for the first time.

const STATUSES = [
  { letter: "f", word: "failed", glyph: "✕", meaning: "It does something other than what is documented." },
  { letter: "e", word: "error", glyph: "!", meaning: "It crashed, hung or could not be asked, so there is no answer." },
  {
    letter: "d",
    word: "deviation",
    glyph: "≠",
    meaning: "It fails in a way that is known, explained and linked. It does not count as passed.",
  },
  {
    letter: "p",
    word: "passed",
    glyph: "✓",
    meaning: "It does what is documented; numbers lie within the rounding error that is allowed.",
  },
  {
    letter: "u",
    word: "unsupported",
    glyph: "○",
    meaning: "It does not offer this. Neither a pass nor a failure: it lowers coverage, not the score.",
  },
];
const ABSENT = { letter: "-", word: "not run", glyph: "·", meaning: "This check was not part of the run." };
const IMPRECISE = {
  word: "imprecise",
  glyph: "≈",
  meaning: "Passed, but the rounding error is larger than chance would make likely.",
};

// The worst verdict among a behaviour's checks stands for the behaviour, in the order above.
const STATUS_OF = Object.fromEntries([...STATUSES, ABSENT].map((status) => [status.letter, status]));
const STATUS_NAMED = Object.fromEntries(STATUSES.map((status) => [status.word, status]));

const WENT_WRONG = new Set(["f", "e", "d"]);

function emptyCounts() {
  return { f: 0, e: 0, d: 0, p: 0, u: 0, imprecise: 0 };
}

function claimedOf(counts) {
  return counts.p + counts.f + counts.e + counts.d;
}

function documentedOf(counts) {
  return claimedOf(counts) + counts.u;
}

function standingOf(counts) {
  const found = STATUSES.find((status) => counts[status.letter] > 0);
  return found === undefined ? ABSENT : found;
}
