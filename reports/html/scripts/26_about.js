// How to read the page, for somebody who was sent it and has never seen one.

const KEYS = [
  ["/", "search"],
  ["j k", "next and previous behaviour"],
  ["Enter", "open the chosen behaviour"],
  ["Esc", "close it, or leave the search box"],
  ["g then o m a c f h", "go to a view by its first letter"],
  ["?", "these keys"],
];

const EXAMPLES = ["status:failed", "fails in exactly one backend", "imprecise", "profile:gradient", "card:conv2d"];

function showAbout(main) {
  windows = [];
  const columns = model.current;
  const example = model.clauses[0];
  replaceChildren(
    main,
    el("div", { class: "view-head" }, el("h1", {}, "How to read this page")),
    el(
      "div",
      { class: "prose" },
      el("h2", {}, "What was tested"),
      el(
        "p",
        {},
        "The public documentation of torch.nn, torch.nn.functional, autograd and torch.optim says how layers, functions, gradients, modules and optimizers behave. Each documented behaviour is one line of this page, with the sentence it stands for and the page that states it. A ",
        el("b", {}, "backend"),
        " is a framework on a device; it was asked to show every behaviour, by one or more checks.",
      ),
      example === undefined
        ? null
        : el(
            "p",
            {},
            "A behaviour's name says which operator, layer or topic it is about, and what it states: ",
            clauseLink(example),
            ".",
          ),
      el("h2", {}, "What the verdicts mean"),
      verdictMeanings(),
      el(
        "p",
        {},
        "Where the checks of one behaviour differ, the worst stands for it, with the count beside it. ",
        el("b", {}, "Score"),
        " is passed of claimed, ",
        el("b", {}, "coverage"),
        " is claimed of documented; claimed is everything but the unsupported. One without the other says little, so they stand together.",
      ),
      el("h2", {}, "How numbers are judged"),
      el(
        "p",
        {},
        "The right answer is calculated in extended precision, together with the largest rounding error that the calculation can add up to in the tested type, whichever way it is ordered. That bound is the ",
        el("b", {}, "budget"),
        ". No tolerance was picked by hand. Error against budget is the actual error over it at the worst element: up to 1 is correct. An ",
        el("b", {}, "ulp"),
        " is one unit in the last place of the number.",
      ),
      el("h2", {}, "How to reproduce a failure"),
      el(
        "p",
        {},
        "Open it and copy the command under “To reproduce”. It runs that check alone, with the same inputs. ",
        columns.length === 0 ? null : [queryLink("status:failed", "Every failure on this page"), "."],
      ),
      el("h2", { id: "searching" }, "Searching"),
      el(
        "p",
        {},
        "Words are looked for in names, sentences and messages. Filters narrow by a field; a minus in front excludes; commas mean or. Questions such as “fails in exactly one backend” and “differs between torch and jax” are understood.",
      ),
      filterTable(),
      el("h2", {}, "Keys"),
      keyTable(),
    ),
  );
}

function verdictMeanings() {
  return el(
    "dl",
    { class: "meanings" },
    [...STATUSES, ABSENT].map((status) =>
      el("div", {}, el("dt", {}, statusMark(status)), el("dd", {}, status.meaning)),
    ),
    el("div", {}, el("dt", {}, impreciseMark()), el("dd", {}, IMPRECISE.meaning)),
  );
}

function filterTable() {
  const rows = Object.entries(FIELDS).map(([name, meaning]) =>
    el("tr", {}, el("th", { scope: "row" }, code(`${name}:`)), el("td", {}, meaning)),
  );
  return framed(
    table("Filters of the search box", "plain", [heading("Filter"), heading("Takes")], el("tbody", {}, rows)),
  );
}

function keyTable() {
  const rows = KEYS.map(([keys, meaning]) =>
    el(
      "tr",
      {},
      el(
        "th",
        { scope: "row" },
        keys.split(" ").map((key, place) => [place === 0 ? "" : " ", key === "then" ? key : el("kbd", {}, key)]),
      ),
      el("td", {}, meaning),
    ),
  );
  return framed(table("Keys", "plain keys", [heading("Key"), heading("What it does")], el("tbody", {}, rows)));
}

function showKeys() {
  const dialog = document.getElementById("keys");
  replaceChildren(
    dialog,
    el("h2", {}, "Keys"),
    keyTable(),
    el("p", {}, viewLink("about", {}, "How to read this page")),
    el("button", { type: "button", class: "quiet", autofocus: true, onclick: () => dialog.close() }, "Close"),
  );
  dialog.querySelector("a").addEventListener("click", () => dialog.close());
  dialog.showModal();
}
