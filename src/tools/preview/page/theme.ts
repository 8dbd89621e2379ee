const KEY = "theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export const isDark = (): boolean => (localStorage.getItem(KEY) ?? (dark.matches ? "dark" : "light")) === "dark";

function apply(): void {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}

/** Takes the reader's choice, else the system's; calls back when it changes. */
export function startTheme(changed: () => void): void {
  apply();
  dark.addEventListener("change", () => {
    apply();
    changed();
  });
}
export function switchTheme(): void {
  localStorage.setItem(KEY, isDark() ? "light" : "dark");
  apply();
}

/** The page's colours, for what is drawn on a canvas. */
export function ink(): Readonly<{ text: string; grid: string; card: string }> {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return { text: of("--quiet"), grid: of("--grid"), card: of("--card") };
}
