import { showAlerts } from "./alerts.ts";
import * as api from "./api.ts";
import { refreshEvery, showDashboard } from "./dashboard.ts";
import { announce, el } from "./dom.ts";
import { showHeader } from "./header.ts";
import { redrawCharts } from "./panels/timeseries/charts.ts";
import { current, follow, go, onChange } from "./state.ts";
import { startTheme, switchTheme } from "./theme.ts";

const content = document.getElementById("contenu")!;

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

const header = () => showHeader(about, themed);

function themed(): void {
  switchTheme();
  header();
  // Values on tiles and in tables are coloured for their background.
  redrawCharts();
  void show({ anew: true });
}

/** Whether a press on a link is the page's own to follow: of this tab, and to another place of the preview. */
function isOwn(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const isElsewhere = link.origin !== location.origin || link.target !== "" || link.hasAttribute("download");
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || isElsewhere) return false;
  return link.hash === "" || link.pathname !== location.pathname || link.search !== location.search;
}

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest?.("a");
  if (!link || !isOwn(event, link)) return;
  event.preventDefault();
  follow(`${link.pathname}${link.search}`);
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && current().panel !== undefined && !document.querySelector("dialog[open]"))
    go({ panel: undefined });
});

startTheme(() => void show({ anew: true }));
onChange(() => {
  header();
  void show({ anew: false });
});

const first = api.preview().then((found) => {
  about = found;
  header();
});
// Which dashboard is the first is known only then; every other page need not wait.
if (current().path === "/") await first;
const shown = show({ anew: false });
const changes = new EventSource("/api/changes");
changes.addEventListener("data", () => void show({ anew: true }));
changes.addEventListener("definitions", async () => {
  about = await api.preview();
  header();
  await show({ anew: false });
});
await Promise.all([first, shown]);
