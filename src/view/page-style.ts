import { ink } from "./svg.ts";

const dark = {
  text: "#cbd5e1",
  line: "#475569",
  good: "#4cc38a",
  bad: "#f07167",
  main: "#7aa7e8",
  soft: "#4a648c",
  limit: "#f0a04b",
} as const;

/** Charts carry their colours as attributes, which the dark replaces. */
const darkInk = Object.entries(ink)
  .flatMap(([name, color]) =>
    ["fill", "stroke"].map(
      (attribute) => `svg [${attribute}="${color}"]{${attribute}:${dark[name as keyof typeof ink]}}`,
    ),
  )
  .join("\n");

/** The page's only style sheet. */
export const style = `
:root{--page:#f4f6f9;--card:#fff;--text:#1e293b;--quiet:#5b6b80;--line:#e2e8f0;--good:#1f7a54;--bad:#b42318;
--badsoft:#fdeceb;--accent:#274c7d;color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
header{background:linear-gradient(120deg,#1d3557,#2f5d8f);color:#fff;
padding:2.5rem max(1.25rem,calc((100% - 1080px)/2)) 4.5rem}
h1{margin:0;font-size:clamp(1.5rem,4vw,2.1rem);line-height:1.2}
.period{margin:.4rem 0 0;font-size:1.15rem}.made{margin:.2rem 0 0;opacity:.8;font-size:.9rem}
main{max-width:calc(1080px + 2.5rem);margin:-3rem auto 3rem;padding:0 1.25rem;display:grid;
grid-template-columns:minmax(0,1fr);gap:1.25rem}
section,.tile,.notice{background:var(--card);border:1px solid var(--line);border-radius:12px}
section{padding:1.25rem 1.5rem 1.5rem}
h2{margin:0 0 .75rem;font-size:1.3rem;color:var(--accent)}h3{margin:1.5rem 0 .5rem;font-size:1rem}h2+h3{margin-top:0}
p{margin:.25rem 0 1rem}ul{margin:.25rem 0;padding-left:1.2rem}li{margin:.2rem 0}
li,td,th,figcaption,.notice{overflow-wrap:break-word}li,.notice,.long{overflow-wrap:anywhere}
.notice{margin:0;padding:.9rem 1.25rem;border-left:6px solid #d97706;font-weight:600}
.none{color:var(--quiet);margin:.25rem 0}
.tiles{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.9rem}
.tile{margin:0;padding:.9rem 1.1rem;display:flex;flex-direction:column;border-top:4px solid #94a3b8}
.tile.good{border-top-color:#2f9e6e}.tile.bad{border-top-color:#d6453d}
.name{color:var(--quiet);font-size:.88rem}.value{font-size:1.6rem;font-weight:650;font-variant-numeric:tabular-nums}
.bad .value{color:var(--bad)}
.goal{margin-top:auto;color:var(--quiet);font-size:.82rem}.good .goal::after{content:" ✓";color:var(--good)}
.bad .goal::after{content:" ▲";color:var(--bad)}
.wide{overflow:auto;border-radius:6px}.tall{max-height:31rem}.wide:focus-visible{outline:2px solid #3b6fb6}
table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{padding:.4rem .65rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600}thead th{position:sticky;top:0;background:var(--card);color:var(--quiet);
box-shadow:inset 0 -2px var(--line);vertical-align:bottom}
tbody tr:first-child th{white-space:nowrap}
.number{text-align:right}td.number{white-space:nowrap}th[scope=row]{max-width:16rem}td{max-width:24rem}
.long{min-width:20rem}
td.over{color:var(--bad);font-weight:650}td.over::after{content:" ▲";font-size:.75em}
figure{margin:0 0 1rem}figcaption{color:var(--quiet);font-size:.88rem;margin-bottom:.5rem}
figcaption strong{color:var(--text)}
svg{display:block;width:100%;height:auto;min-width:640px;font-family:inherit}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1.25rem}.pair svg{min-width:0}
.pair h4{margin:.25rem 0 .5rem}
.key{display:inline-block;width:.8em;height:.8em;min-width:0;margin-right:.4em;vertical-align:baseline}
@media (max-width:800px){.pair{grid-template-columns:minmax(0,1fr)}}
.method{font-size:.88rem;color:var(--quiet)}
@media (max-width:600px){.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}section{padding:1rem}
main{padding:0 .75rem}.value{font-size:1.35rem}th[scope=row]{max-width:9rem}}
@media (prefers-color-scheme:dark){
@media screen{
:root{--page:#0f172a;--card:#1b2538;--text:#e2e8f0;--quiet:#9fb0c6;--line:#334155;--good:#4cc38a;--bad:#f58a81;
--badsoft:#3b1d1d;--accent:#93b8ec}
${darkInk}
}}
@page{size:A4;margin:14mm}
@media print{
:root{color-scheme:light}
body{background:#fff;font-size:11px}header{background:none;color:#1d3557;padding:0 0 1rem}.made{opacity:1}
main{margin:0;padding:0;max-width:none;display:block}section{border:0;padding:0 0 1rem}
.tiles{grid-template-columns:repeat(3,1fr);margin-bottom:1rem}
.tile,figure,tr,h2,h3{break-inside:avoid}h2,h3,figcaption{break-after:avoid}.notice{margin-bottom:1rem}
.wide{overflow:visible;max-height:none}thead th{position:static}svg{min-width:0}.long{min-width:0}table{font-size:9px}
th,td{padding:.25rem .35rem}
}
`;
