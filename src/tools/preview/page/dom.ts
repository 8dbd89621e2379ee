import { leads } from "../../../view/links.ts";

type Child = Node | string | null | undefined | false;
type Properties = Readonly<Record<string, unknown>>;

/** An element with its attributes (`on…`: a listener; all others as they stand) and what is in it. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false || value === null) continue;
    // Foreign dashboards name addresses, too.
    if (name === "href" && !leads(String(value))) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value as EventListener);
    else if (name === "style") element.style.cssText = String(value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(
    ...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** A menu that opens on its summary; it closes on Escape, on a click elsewhere and when the focus leaves. */
export function menu(label: Child, properties: Properties, ...children: readonly Child[]): HTMLDetailsElement {
  const { onclose, ...rest } = properties;
  const summary = el("summary", rest, label);
  const details = el("details", { class: "menu" }, summary, el("div", { class: "menu-body" }, ...children));
  const close = (event: Event) => {
    if (!details.contains(event.target as Node)) details.open = false;
  };
  details.addEventListener("toggle", () => {
    if (details.open) document.addEventListener("pointerdown", close);
    else {
      document.removeEventListener("pointerdown", close);
      if (typeof onclose === "function") onclose();
    }
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    summary.focus();
    event.stopPropagation();
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget as Node)) details.open = false;
  });
  return details;
}

/** A dialog over the page with a title; it is removed when it closes. */
export function dialog(title: string, ...children: readonly Child[]): void {
  const close = el(
    "button",
    { type: "button", class: "quiet", "aria-label": "Fermer", onclick: () => box.close() },
    "✕",
  );
  const box = el(
    "dialog",
    { "aria-label": title },
    el("header", {}, el("h2", {}, title), close),
    el("div", { class: "dialog-body" }, ...children),
  );
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

/** Says a sentence to those who do not see the page change. */
export function announce(text: string): void {
  const place = document.getElementById("annonce");
  if (place) place.textContent = text;
}

/** Gives the browser a text as a file. */
export function download(name: string, text: string): void {
  const link = el("a", { download: name });
  link.href = `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
  link.click();
}
