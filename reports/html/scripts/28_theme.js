// Light or dark, as the system has it or as the reader wants it.

// System, light or dark; kept for the next page where the browser lets a page opened from a folder keep anything.
function prepareTheme() {
  const button = document.getElementById("theme");
  const themes = ["system", "light", "dark"];
  let theme = remembered();
  const show = () => {
    if (theme === "system") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = theme;
    const [glyph, word] = { system: ["◐", "System"], light: ["☀", "Light"], dark: ["☾", "Dark"] }[theme];
    replaceChildren(button, glyph, el("span", { class: "word" }, ` ${word}`));
    button.setAttribute("aria-label", `${word} colours. Change`);
  };
  button.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    try {
      localStorage.setItem("conformance-theme", theme);
    } catch {
      // Then it holds until the page is closed.
    }
    show();
  });
  show();
}

function remembered() {
  try {
    const theme = localStorage.getItem("conformance-theme");
    return theme === "light" || theme === "dark" ? theme : "system";
  } catch {
    return "system";
  }
}
