// Finding the results that a query asks for, among all of them and not only those on screen.

const COMPARE = { ">": (a, b) => a > b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, "<=": (a, b) => a <= b };
const OF_CHECK = {
  profile: (check) => check.clause.profile,
  card: (check) => check.clause.subject,
  family: (check) => check.clause.family,
  clause: (check) => check.clause.id,
  law: (check) => check.law,
  case: (check) => check.case,
  dtype: (check) => check.dtype,
};

// Once: whatever free text is looked for in, in lower case.
function prepareSearch() {
  for (const check of model.checks) {
    check.words = `${check.clause.id} ${check.clause.sentence} ${check.key} ${check.name}`.toLowerCase();
  }
  for (const column of model.columns) {
    column.lowerName = column.name.toLowerCase();
    column.words = new Map();
    for (const [place, reason] of column.reason) column.words.set(place, reason.toLowerCase());
    for (const [place, failure] of column.failures) {
      const told = [failure.summary, failure.call, failure.expected, failure.actual]
        .filter((part) => part !== null)
        .join(" ");
      column.words.set(place, `${column.words.has(place) ? column.words.get(place) : ""} ${told}`.toLowerCase());
    }
  }
}

// The results found: for each current column, the places of its checks; and the clauses that these belong to.
function search(text) {
  const { terms, problems } = parseQuery(text);
  const isOfCheck = (term) => term.field in OF_CHECK || term.field === "fails" || term.field === "differs";
  const ofCheck = terms.filter(isOfCheck).map(checkTest);
  const tests = terms.filter((term) => !isOfCheck(term)).map(resultTest);
  const problemsHere = [...problems, ...unknownBackends(terms)];
  const found = {
    problems: problemsHere,
    clauses: [],
    places: model.current.map(() => []),
    results: 0,
    isAll: terms.length === 0,
  };
  let last = null;
  for (const check of model.checks) {
    if (!ofCheck.every((test) => test(check))) continue;
    let isFound = false;
    model.current.forEach((column, place) => {
      if (column.verdicts[check.place] === ABSENT.letter) return;
      if (!tests.every((test) => test(check, column))) return;
      found.places[place].push(check.place);
      found.results++;
      isFound = true;
    });
    if (isFound && check.clause !== last) found.clauses.push((last = check.clause));
  }
  return found;
}

function unknownBackends(terms) {
  const known = model.current.map((column) => column.name.toLowerCase());
  const asked = terms
    .filter((term) => term.field === "backend" || term.field === "differs")
    .flatMap((term) => term.values);
  const unknown = asked.filter((name) => !known.some((one) => one.startsWith(name)));
  return unknown.map(
    (name) => `No backend here is called “${name}”; there are ${listed(model.current.map((column) => column.name))}.`,
  );
}

// A behaviour's id may be given in part (clause:conv2d.), the other names in whole or as a start.
function sameName(own, value, field) {
  return field === "clause" || field === "case"
    ? own.includes(value)
    : own === value || (value.endsWith("*") && own.startsWith(value.slice(0, -1)));
}

// Tried on every check while somebody types: loops, and nothing made anew.
function meetsFails(values, check) {
  let ran = 0;
  let wrong = 0;
  for (const column of model.current) {
    const letter = column.verdicts[check.place];
    if (letter === ABSENT.letter) continue;
    ran++;
    if (WENT_WRONG.has(letter)) wrong++;
  }
  return (values.includes("once") && wrong === 1) || (values.includes("all") && wrong > 0 && wrong === ran);
}

function meetsDiffers(pair, check) {
  const [a, b] = [pair[0].verdicts[check.place], pair[1].verdicts[check.place]];
  return a !== b && a !== ABSENT.letter && b !== ABSENT.letter;
}

// A term about checks, as a function of a check.
function checkTest(term) {
  const test = plainCheckTest(term);
  return term.negated ? (check) => !test(check) : test;
}

function plainCheckTest({ field, values }) {
  if (field === "fails") return (check) => meetsFails(values, check);
  if (field === "differs") {
    const pair = values.map((value) => model.current.find((column) => column.lowerName === value));
    return pair.includes(undefined) ? () => false : (check) => meetsDiffers(pair, check);
  }
  const nameOf = OF_CHECK[field];
  return (check) => {
    const own = nameOf(check);
    return own !== null && values.some((value) => sameName(own.toLowerCase(), value, field));
  };
}

// A term about results, as a function of a check's place and a column.
function resultTest(term) {
  const test = plainResultTest(term);
  return term.negated ? (check, column) => !test(check, column) : test;
}

function plainResultTest(term) {
  const [first] = term.values === undefined ? [] : term.values;
  switch (term.field) {
    case "text":
      return (check, column) => {
        if (check.words.includes(first)) return true;
        const words = column.words.get(check.place);
        return words !== undefined && words.includes(first);
      };
    case "status": {
      const letters = STATUSES.filter(({ word }) => term.values.some((value) => word.startsWith(value))).map(
        ({ letter }) => letter,
      );
      return (check, column) => letters.includes(column.verdicts[check.place]);
    }
    case "backend":
      return (check, column) => term.values.includes(column.lowerName);
    case "is":
      return (check, column) => term.values.some((value) => meetsFlag(value, check.place, column));
    default:
      return (check, column) => COMPARE[term.compare](column[term.field][check.place], term.bound);
  }
}

function meetsFlag(flag, place, column) {
  if (flag === "imprecise") return column.imprecise.has(place);
  if (flag === "slow") return column.rows.get(place).seconds >= 1;
  if (flag === "root") return isRoot(column, place);
  const facts = column.measured.get(place);
  return facts !== undefined && facts.exhaustive;
}

// A failure that follows from no other: the place to start.
function isRoot(column, place) {
  const letter = column.verdicts[place];
  if (letter !== "f" && letter !== "e") return false;
  const failure = column.failures.get(place);
  return failure === undefined || failure.follows.length === 0;
}
