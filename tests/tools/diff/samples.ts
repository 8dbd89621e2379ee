/** Files as others write them: Grafana's export, and its provisioning by hand. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: as Grafana exports it
const prometheus = { type: "prometheus", uid: "${DS_PROMETHEUS}" };
export const exported = {
  __inputs: [{ name: "DS_PROMETHEUS", label: "Prometheus", type: "datasource", pluginId: "prometheus" }],
  __requires: [{ type: "panel", id: "acme-radar-panel", name: "Radar", version: "1.2.0" }],
  id: null,
  uid: "node",
  title: "Node",
  version: 3,
  panels: [
    {
      id: 1,
      type: "acme-radar-panel",
      title: "Load",
      gridPos: { x: 0, y: 0, w: 24, h: 8 },
      targets: [{ refId: "A", datasource: prometheus, expr: 'rate(node_cpu_seconds_total{mode!="idle"}[5m])' }],
    },
    {
      id: 2,
      type: "row",
      title: "Disks",
      collapsed: true,
      gridPos: { x: 0, y: 8, w: 24, h: 1 },
      panels: [
        {
          id: 3,
          type: "timeseries",
          title: "Free",
          gridPos: { x: 0, y: 9, w: 12, h: 8 },
          targets: [{ refId: "A", expr: "node_filesystem_free_bytes" }],
        },
      ],
    },
  ],
};
export const GRAFANA = `
apiVersion: 1
groups:
  - orgId: 1
    name: disks
    folder: infra
    interval: 1m
    rules:
      - title: Disk full
        condition: B
        for: 5m
        data:
          - { refId: A, datasourceUid: prom, relativeTimeRange: { from: 600, to: 0 }, model: { expr: "node_filesystem_avail_bytes / node_filesystem_size_bytes" } }
          - refId: B
            datasourceUid: __expr__
            model: { type: classic_conditions, conditions: [{ evaluator: { type: lt, params: [0.1] }, operator: { type: and }, query: { params: [A] }, reducer: { type: last } }] }
  - { orgId: 1, name: net, folder: infra, interval: 2m, rules: [{ uid: net1, title: Link down, condition: A, data: [{ refId: A, model: { expr: "up == 0" } }] }] }
deleteRules:
  - { orgId: 1, uid: old1 }
muteTimes:
  - { orgId: 1, name: nights, time_intervals: [{ times: [{ start_time: "22:00", end_time: "06:00" }] }] }
`;

/**
 * A dashboard with what exports and old versions have: rows with panels, odd overrides, a library panel, panels without
 * id or place.
 */
export const odd = {
  title: "Odd",
  annotations: {
    list: [
      { builtIn: 1, name: "Annotations & Alerts", enable: true },
      { name: "Deploys", target: { expr: "up" } },
    ],
  },
  templating: {
    list: [
      { name: "ds", type: "datasource", query: "prometheus" },
      { name: "job", type: "query", query: { query: "label_values(up, job)", refId: "x" } },
    ],
  },
  rows: [
    {
      title: "Row",
      height: 250,
      panels: [
        { title: "a", type: "graph", span: 6, targets: [{ expr: "a", legendFormat: "" }, { expr: "b" }] },
        { type: "singlestat" },
      ],
    },
  ],
  panels: [
    {
      id: 7,
      title: "",
      type: "text",
      gridPos: { x: 0, y: 0, w: 4, h: 4, static: true },
      options: { content: "# Hello", mode: "markdown" },
    },
    { id: 7, title: "twice", type: "stat", gridPos: { x: 4, y: 0 }, targets: "none" },
    { libraryPanel: { uid: "lib", name: "Shared" }, gridPos: { x: 0, y: 4, w: 4, h: 4 } },
    {
      id: 8,
      type: "table",
      gridPos: { x: 0, y: 8, w: 4, h: 4 },
      fieldConfig: {
        defaults: { thresholds: { mode: "percentage", steps: [] } },
        overrides: [
          { matcher: { id: "byType" }, properties: [{ id: "unit" }] },
          {
            matcher: { id: "byType" },
            properties: [
              { id: "unit", value: "s" },
              { id: "unit", value: "ms" },
            ],
          },
        ],
      },
      transformations: [
        { id: "organize", options: {} },
        { id: "organize", options: { a: 1 } },
      ],
    },
  ],
};
