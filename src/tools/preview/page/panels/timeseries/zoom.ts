import type { EChartsType } from "echarts";
import { el } from "../../dom.ts";
import { go } from "../../state.ts";

const LEAST_DRAG = 8;

/** Dragging over a chart chooses the range between. */
export function zoomable(
  place: HTMLElement,
  { chart, inside }: Readonly<{ chart: EChartsType; inside: () => Readonly<{ left: number; right: number }> }>,
): void {
  const band = el("div", { class: "band", hidden: true });
  place.append(band);
  let start: number | undefined;
  const at = (event: PointerEvent) => {
    const { left, right } = inside();
    return Math.min(place.clientWidth - right, Math.max(left, event.clientX - place.getBoundingClientRect().left));
  };
  place.addEventListener("pointerdown", (event) => {
    if (event.button === 0) start = at(event);
  });
  place.addEventListener("pointermove", (event) => {
    if (start === undefined) return;
    const end = at(event);
    band.hidden = Math.abs(end - start) < LEAST_DRAG;
    band.style.left = `${Math.min(start, end)}px`;
    band.style.width = `${Math.abs(end - start)}px`;
  });
  const finish = (event: PointerEvent) => {
    const end = at(event);
    const from = start;
    start = undefined;
    band.hidden = true;
    if (from === undefined || Math.abs(end - from) < LEAST_DRAG) return;
    const times = [from, end]
      .map((x) => Math.round(Number(chart.convertFromPixel({ xAxisIndex: 0 }, x))))
      .sort((a, b) => a - b);
    go({ from: String(times[0]), to: String(times[1]) });
  };
  place.addEventListener("pointerup", finish);
  place.addEventListener("pointercancel", () => {
    start = undefined;
    band.hidden = true;
  });
}
