import { showAlerts } from "./alerts.ts";
import * as api from "./api.ts";
import { refreshEvery, showDashboard } from "./dashboard.ts";
import { announce, el } from "./dom.ts";
import { redrawCharts } from "./panels/timeseries/charts.ts";
import { current, follow, go, onChange, parametersOf } from "./state.ts";
import { isDark, startTheme, switchTheme } from "./theme.ts";

const head = document.getElementById("entete")!;
const content = document.getElementById("contenu")!;

function header({ dashboards, name, notices, rules }: api.Preview): void {
  const state = current();
  const kept = parametersOf(state).toString();
  const link = (path: string, title: string) => {
    const here = state.path === path ? "page" : undefined;
    return el("a", { href: kept ? `${path}?${kept}` : path, "aria-current": here }, title);
  };
  const theme = el(
    "button",
    { type: "button", class: "quiet", onclick: () => themed() },
    isDark() ? "☀ Clair" : "☾ Sombre",
  );
  head.replaceChildren(
    el(
      "div",
      { class: "brand" },
      el("strong", {}, "Aperçu"),
      el("span", { class: "source", title: "Les enregistrements montrés" }, name),
    ),
    el(
      "nav",
      { "aria-label": "Tableaux de bord" },
      ...dashboards.map(({ uid, title }) => link(`/d/${uid}`, title)),
      link("/alertes", `Alertes (${rules})`),
    ),
    theme,
    ...(notices.length > 0
      ? [
          el(
            "details",
            { class: "notices" },
            el("summary", {}, `⚠ ${notices[0]}`),
            el("ul", {}, ...notices.slice(1).map((notice) => el("li", {}, notice))),
          ),
        ]
      : []),
  );
}

let about: api.Preview;
let timer: ReturnType<typeof setTimeout> | undefined;

function wait(): void {
  clearTimeout(timer);
  const every = refreshEvery();
  if (every) timer = setTimeout(() => void show({ anew: true }), every);
}

function refresh(): void {
  announce("Actualisé");
  void show({ anew: true });
}

/** `anew`: the same again, with what has changed since. */
type Showing = Readonly<{ anew: boolean }>;

async function showPage(path: string, { anew }: Showing): Promise<void> {
  const showing = { into: content, anew, refresh };
  if (path === "/alertes") return showAlerts(showing);
  const uid = /^\/d\/([^/]+)/.exec(path)?.[1];
  if (uid !== undefined) return showDashboard(decodeURIComponent(uid), showing);
  const [first] = about.dashboards;
  if (first) go({ path: `/d/${first.uid}` }, { replace: true });
  else content.replaceChildren(el("p", { class: "nothing" }, "Le dossier ne contient aucun tableau de bord."));
}

const LONGEST_MS = 500;
/** Resolves once the browser has painted what the page holds; a page in the background paints nothing. */
const painted = (): Promise<unknown> =>
  Promise.race([
    // What follows a frame's callbacks in the queue comes when that frame is painted.
    document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))),
    new Promise((done) => setTimeout(done, LONGEST_MS)),
  ]);

let shows = 0;
/** Shows what the address names; the root's `data-ready` is its path once everything is drawn, or has failed. */
async function show(how: Showing): Promise<void> {
  const { path } = current();
  shows += 1;
  const mine = shows;
  delete document.documentElement.dataset.ready;
  try {
    await showPage(path, how);
  } catch (error) {
    const words = `L'aperçu n'a pas pu répondre : ${(error as Error).message}`;
    if (mine === shows) content.replaceChildren(el("p", { class: "fault", role: "alert" }, words));
  }
  if (mine !== shows) return;
  wait();
  await painted();
  if (mine === shows) document.documentElement.dataset.ready = path;
}

function themed(): void {
  switchTheme();
  header(about);
  // Values on tiles and in tables are coloured for their background.
  redrawCharts();
  void show({ anew: true });
}

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest?.("a");
  if (
    !link ||
    event.defaultPrevented ||
    link.target ||
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey ||
    link.origin !== location.origin ||
    link.hasAttribute("download")
  )
    return;
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  event.preventDefault();
  follow(`${link.pathname}${link.search}`);
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && current().panel !== undefined && !document.querySelector("dialog[open]"))
    go({ panel: undefined });
});

startTheme(() => void show({ anew: true }));
onChange(() => {
  header(about);
  void show({ anew: false });
});

const first = api.preview().then((found) => {
  about = found;
  header(about);
});
// Which dashboard is the first is known only then; every other page need not wait.
if (current().path === "/") await first;
const shown = show({ anew: false });
const changes = new EventSource("/api/changes");
changes.addEventListener("data", () => void show({ anew: true }));
changes.addEventListener("definitions", async () => {
  about = await api.preview();
  header(about);
  await show({ anew: false });
});
await Promise.all([first, shown]);
