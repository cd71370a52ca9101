// The search box's language: words, and filters such as status:failed; read into terms that say what a result must have.

const FIELDS = {
  status: "passed, failed, error, deviation, unsupported",
  backend: "a backend's name",
  profile: "functional, gradient, layer, module ...",
  card: "an operator, layer or topic, such as conv2d",
  family: "a family of operators, such as convolution",
  clause: "a behaviour's id, such as conv2d.output-size",
  law: "a kind of check: value, gradient, shape ...",
  case: "the name of a case",
  dtype: "float32, float64 ...",
  is: "imprecise, exhaustive, slow, root",
  fails: "once: in exactly one backend; all: in every one",
  differs: "two backends: differs:torch,jax",
  ratio: "error against budget: ratio:>0.5",
  ulp: "units in the last place: ulp:>10",
};
const SYNONYMS = {
  behaviour: "clause",
  behavior: "clause",
  subject: "card",
  operator: "card",
  verdict: "status",
  type: "dtype",
};

// Questions as a person would type them, and the filters that they stand for.
const PHRASES = [
  [/\bfails? in exactly one backends?\b/gi, "fails:once"],
  [/\bfails? in (?:all|every) backends?\b/gi, "fails:all"],
  [/\bdiffers? between (\S+) and (\S+)/gi, "differs:$1,$2"],
  [/(^|\s)imprecise(?=\s|$)/gi, "$1is:imprecise"],
];

function parseQuery(text) {
  let rest = text;
  for (const [phrase, filter] of PHRASES) rest = rest.replace(phrase, filter);
  const terms = [];
  const problems = [];
  for (const match of rest.matchAll(/(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi)) {
    const [whole, minus, field, quoted, bare] = match;
    const term = readTerm(whole, field, quoted === undefined ? bare : quoted, quoted !== undefined);
    if (term.problem !== undefined) problems.push(term.problem);
    if (term.field !== undefined) terms.push({ ...term, negated: minus === "-" });
  }
  return { terms, problems };
}

function readTerm(whole, field, value, isQuoted) {
  if (field === undefined) return { field: "text", values: [value.toLowerCase()] };
  const lower = field.toLowerCase();
  const name = Object.hasOwn(SYNONYMS, lower) ? SYNONYMS[lower] : lower;
  if (!Object.hasOwn(FIELDS, name)) {
    // An id or a message may hold a colon; then it is looked for as text, and a slip is pointed out.
    return {
      field: "text",
      values: [whole.replace(/^-/, "").replace(/"/g, "").toLowerCase()],
      problem: `There is no filter “${field}:”, so this was searched for as text.`,
    };
  }
  const values = (isQuoted ? [value] : value.split(","))
    .map((part) => part.toLowerCase())
    .filter((part) => part !== "");
  return checkedTerm(name, values, value);
}

function checkedTerm(field, values, value) {
  const known = {
    status: Object.keys(STATUS_NAMED),
    is: ["imprecise", "exhaustive", "slow", "root"],
    fails: ["once", "all"],
  }[field];
  if (known !== undefined) {
    const unknown = values.filter(
      (part) => !known.includes(part) && !(field === "status" && known.some((word) => word.startsWith(part))),
    );
    if (unknown.length > 0) return { problem: `“${field}:” knows ${listed(known, "or")}, not “${unknown[0]}”.` };
  }
  if (field === "ratio" || field === "ulp") return boundTerm(field, value);
  if (field === "differs" && values.length !== 2)
    return { problem: "“differs:” needs two backends: differs:torch,jax." };
  return values.length === 0 ? {} : { field, values };
}

function boundTerm(field, value) {
  const match = /^(>=|<=|>|<)?(\d+(?:\.\d*)?(?:e[+-]?\d+)?)$/i.exec(value);
  if (match === null) return { problem: `“${field}:” needs a bound such as ${field}:>0.5.` };
  return { field, bound: Number(match[2]), compare: match[1] === undefined ? ">=" : match[1] };
}

// The query with a filter added or, where it is there already, taken away.
function toggled(query, filter) {
  const words = query.split(/\s+/).filter((word) => word !== "");
  return words.includes(filter) ? words.filter((word) => word !== filter).join(" ") : [...words, filter].join(" ");
}

function hasFilter(query, filter) {
  return query.split(/\s+/).includes(filter);
}

function quotedValue(value) {
  return /[\s,"]/.test(value) ? `"${value.replace(/"/g, "")}"` : value;
}
