import type { EChartsType } from "echarts";

/** A chart on the page: the line that shows another chart's moment on it, and how it is drawn anew. */
type Chart = Readonly<{ chart: EChartsType; line: HTMLElement; redraw: () => void }>;
const charts = new Map<HTMLElement, Chart>();

export const keepChart = (place: HTMLElement, chart: Chart): void => {
  charts.set(place, chart);
};

/** Ends the charts that are no longer on the page. */
export function dropCharts(): void {
  for (const [place, { chart }] of charts)
    if (!place.isConnected) {
      chart.dispose();
      charts.delete(place);
    }
}

/** Draws all charts anew, in the colours of the theme. */
export const redrawCharts = (): void => {
  for (const { redraw } of charts.values()) redraw();
};

/** A vertical line at the same moment on every other chart. */
export function shareCrosshair(place: HTMLElement, chart: EChartsType): void {
  chart.on("updateAxisPointer", (event) => {
    const value = (event as { axesInfo?: readonly { value: number }[] }).axesInfo?.[0]?.value;
    for (const [other, { chart: theirs, line }] of charts) {
      if (other === place || !other.isConnected) continue;
      const x = value === undefined ? undefined : Number(theirs.convertToPixel({ xAxisIndex: 0 }, value));
      line.hidden = x === undefined || Number.isNaN(x);
      if (x !== undefined) line.style.left = `${x}px`;
    }
  });
}
