// The page's data, from columns of numbers back to runs, backends, behaviours and checks.

async function readData() {
  const packed = document.getElementById("data").textContent.trim();
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function unpack(data) {
  const text = (number) => (number < 0 ? null : data.texts[number]);
  const runs = data.runs.map((run, place) => unpackRun(run, place, text));
  const clauses = data.clauses.map((entry, place) => unpackClause(entry, place, text));
  const checks = data.checks.key.map((key, place) => ({
    place,
    key: text(key),
    clause: clauses[data.checks.clause[place]],
    law: text(data.checks.law[place]),
    case: text(data.checks.case[place]),
    dtype: text(data.checks.dtype[place]),
  }));
  for (const check of checks) {
    check.clause.checks.push(check);
    check.name = [check.law, check.case, check.dtype].filter((part) => part !== null).join(" · ");
  }
  const columns = data.columns.map((identity, place) =>
    unpackColumn(identity, data.results[place], checks, place, runs, text, place < data.current),
  );
  return {
    runs,
    clauses,
    checks,
    columns,
    current: columns.slice(0, data.current),
    baseline: data.baseline < 0 ? null : runs[data.baseline],
    profiles: data.profiles.map(text),
    clauseById: new Map(clauses.map((clause) => [clause.id, clause])),
    checkByKey: new Map(checks.map((check) => [check.key, check])),
  };
}

function unpackRun(run, place, text) {
  const [name, version, digest] = run.suite.map(text);
  return {
    ...run,
    place,
    suite: { name, version, digest },
    started: text(run.started),
    effort: text(run.effort),
    selection: text(run.selection),
    command: text(run.command),
    shard: text(run.shard),
    machine: pairs(run.machine.map(text)),
    lacks: new Set(run.lacks),
    differs: new Map(run.differs.map(([clause, sentence]) => [clause, text(sentence)])),
  };
}

function unpackClause(entry, place, text) {
  const [id, sentence, link, profile, subject, family, ...dialects] = entry.map(text);
  return { place, id, sentence, link, profile, subject, family, dialects: pairs(dialects), checks: [] };
}

function pairs(flat) {
  return flat.flatMap((name, place) => (place % 2 === 0 ? [[name, flat[place + 1]]] : []));
}

function unpackColumn(identity, packed, checks, place, runs, text, isCurrent) {
  const run = runs[identity.run];
  const column = {
    place,
    run,
    isCurrent,
    name: text(identity.name),
    framework: text(identity.framework),
    version: text(identity.version),
    device: text(identity.device),
    dtypes: identity.dtypes.map(text),
    declarations: pairs(identity.declarations.map(text)),
    machine: new Map([...run.machine, ...pairs(identity.machine.map(text))]),
    verdicts: packed.verdicts,
    imprecise: new Set(packed.imprecise),
    names: new Map(packed.names.map(([check, name]) => [check, text(name)])),
    dialect: textsByPlace(packed.dialect, text),
    reason: textsByPlace(packed.reason, text),
    link: textsByPlace(packed.link, text),
    failures: new Map(packed.failures.map((failure) => [failure.at, unpackFailure(failure, text)])),
  };
  column.label = isCurrent ? column.name : `${column.name}, ${moment(run.started)}`;
  spread(column, packed, text);
  measurements(column, packed.measured, checks.length, text);
  return column;
}

function textsByPlace(flat, text) {
  return new Map(pairs(flat).map(([place, number]) => [place, text(number)]));
}

// What every result has, from one entry a result to one entry a check.
function spread(column, packed, text) {
  const hosts = unrun(packed.hosts);
  const nodes = unrun(packed.nodes);
  const commands = unrun(packed.commands);
  column.rows = new Map();
  let row = 0;
  for (let place = 0; place < packed.verdicts.length; place++) {
    if (packed.verdicts[place] === ABSENT.letter) continue;
    column.rows.set(place, {
      seconds: packed.seconds[row],
      host: text(hosts[row]),
      node: text(nodes[row]),
      command: text(commands[row]),
    });
    row++;
  }
}

function unrun(runs) {
  return pairs(runs).flatMap(([value, count]) => new Array(count).fill(value));
}

function measurements(column, measured, checks, text) {
  column.ratio = new Float64Array(checks).fill(NaN);
  column.ulp = new Float64Array(checks).fill(NaN);
  const exhaustive = unrun(measured.exhaustive);
  column.measured = new Map(
    measured.at.map((place, row) => {
      column.ratio[place] = Number(measured.ratio[row] === "inf" ? Infinity : measured.ratio[row]);
      column.ulp[place] = Number(measured.ulp[row] === "inf" ? Infinity : measured.ulp[row]);
      const facts = {
        elements: measured.elements[row],
        cases: measured.cases[row],
        exhaustive: exhaustive[row] === 1,
        index: text(measured.index[row]),
        call: text(measured.call[row]),
      };
      return [place, facts];
    }),
  );
}

function unpackFailure(packed, text) {
  const failure = {
    follows: (packed.follows === undefined ? [] : packed.follows).map(text),
    isShort: packed.short === true,
  };
  for (const name of [
    "summary",
    "call",
    "index",
    "expected",
    "actual",
    "error",
    "allowed",
    "surroundings",
    "traceback",
  ]) {
    failure[name] = packed[name] === undefined ? null : text(packed[name]);
  }
  return failure;
}

// The check's own name on a backend, and what is told about it with that name and the backend's filled in.
function checkName(column, check) {
  const own = column.names.get(check.place);
  return own === undefined ? check.key.replace("[*", () => `[${column.name}`) : own;
}

function filledIn(template, column, check) {
  if (template === null) return null;
  return template
    .replace("--backend={backend} ", () => `--backend=${column.name} `)
    .replace("{check}", () => checkName(column, check));
}
