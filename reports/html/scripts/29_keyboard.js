// Everything that can be done can be done from the keyboard.

function prepareKeys() {
  let isGoing = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) return;
    const isTyping = event.target.closest("input, select, textarea") !== null;
    if (event.key === "Escape") return escape(event);
    if (isTyping) return;
    if (isGoing) {
      isGoing = false;
      const view = VIEWS.find((name) => name[0] === event.key && name !== "about");
      if (view !== undefined) return taken(event, () => go({ ...DEFAULTS, view }));
    }
    if (event.key === "g") isGoing = true;
    else if (event.key === "/") taken(event, () => document.getElementById("search").focus());
    else if (event.key === "?") taken(event, showKeys);
    else if (state.view === "matrix" && (event.key === "j" || event.key === "k"))
      taken(event, () => moveSelection(event.key === "j" ? 1 : -1));
  });
}

function taken(event, act) {
  event.preventDefault();
  act();
}

function openSelected(clause, backend) {
  go({ clause: clause.id, check: "", backend });
  matrix.panel.querySelector("h2").focus({ preventScroll: true });
}

function escape(event) {
  const box = document.getElementById("search");
  if (event.target === box && box.value !== "") return taken(event, () => ask("", { isTyped: false }));
  if (event.target === box) return box.blur();
  if (state.view === "matrix" && state.clause !== "") taken(event, closePanel);
}
