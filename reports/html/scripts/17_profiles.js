// Score and coverage by profile, and what ran where: the tables at the foot of the overview.

function profileTable() {
  const head = [heading("Profile"), ...model.current.map((column) => heading(column.name))];
  const rows = model.profiles.map((profile) => {
    const clauses = model.clauses.filter((clause) => clause.profile === profile);
    const cells = model.current.map((column) => {
      const counts = sumOf(column, clauses);
      const [claimed, all] = [claimedOf(counts), documentedOf(counts)];
      const score =
        all === 0
          ? "not run"
          : claimed === 0
            ? "not offered"
            : [el("b", {}, grouped(counts.p)), ` of ${grouped(claimed)} passed`];
      return el(
        "td",
        {},
        bar(counts),
        el(
          "span",
          { class: "in-bar" },
          score,
          el("span", { class: "of" }, all === 0 ? "" : ` ${grouped(claimed)} of ${grouped(all)} claimed`),
        ),
      );
    });
    return el(
      "tr",
      {},
      el(
        "th",
        { scope: "row" },
        queryLink(`profile:${quotedValue(profile)}`, profile),
        el("span", { class: "of" }, ` ${plural(clauses.length, "behaviour")}`),
      ),
      cells,
    );
  });
  return el(
    "section",
    {},
    el(
      "div",
      { class: "view-head" },
      el("h2", {}, "Score and coverage by profile"),
      el(
        "div",
        { class: "tools" },
        exportButtons(() => profilesExport(model.current)),
      ),
    ),
    el("p", { class: "note" }, "A profile is a group of behaviours that a backend can offer or leave out as a whole."),
    framed(table("Score and coverage by profile", "profiles", head, el("tbody", {}, rows))),
  );
}

function whatRan() {
  const runs = [...new Set(model.current.map((column) => column.run))];
  const described = runs.map((run) => {
    const names = model.current.filter((column) => column.run === run).map((column) => column.name);
    const facts = [
      ["Backends", names.join(", ")],
      ["Started", moment(run.started)],
      ["Took", duration(run.seconds)],
      ["Command", run.command],
      [
        "Inputs",
        `${run.effort === "deep" ? "deeper random profile" : "the same on every run"}${run.seed === null ? "" : `, seed ${run.seed}`}`,
      ],
      ["Suite", `${run.suite.name} ${run.suite.version} (${run.suite.digest.slice(0, 12)})`],
      ...run.machine,
    ];
    return el(
      "dl",
      { class: "facts run" },
      facts.map(([name, value]) =>
        el(
          "div",
          { class: name === "Command" ? "command" : null },
          el("dt", {}, name),
          el("dd", {}, name === "Command" ? code(value) : value),
        ),
      ),
    );
  });
  return el("section", {}, el("h2", {}, "What ran, and where"), described);
}
