import { moment } from "../../../../view/format.ts";
import type { ShownRule } from "../../alerts/view.ts";
import { el } from "../dom.ts";

function mail({ at, to, subject, text }: ShownRule["mails"][number], index: number): HTMLElement {
  const head = el("summary", {}, `${moment(at * 1000)} — ${subject}`);
  return el(
    "details",
    { class: "mail", open: index === 0 },
    head,
    el("p", { class: "to" }, `À : ${to}`),
    el("pre", {}, text),
  );
}

/** The mails that would have been sent, the newest first. */
export function mails({ mails: all, mailCount }: ShownRule): HTMLElement {
  if (mailCount === 0) return el("p", { class: "none" }, "Aucun courriel ne serait parti sur cette période.");
  const count = mailCount > 1 ? `${mailCount} courriels seraient partis` : "1 courriel serait parti";
  const more = mailCount > all.length ? ` Les ${all.length} derniers :` : "";
  const newest = [...all].reverse().map(mail);
  return el("div", {}, el("p", {}, `${count} sur cette période ; l'aperçu n'envoie rien.${more}`), ...newest);
}
