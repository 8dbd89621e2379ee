import { expect, test } from "vitest";
import { exported, GRAFANA } from "./samples.ts";
import { type Any, brief, changes, compare, one } from "./support.ts";

/** What an edit of the exported dashboard is said to be. */
function editedText(edit: (dashboard: Any) => void): string {
  const copy = structuredClone(exported);
  edit(copy);
  return dashboard(exported, copy);
}
const dashboard = (from: unknown, to: unknown) => brief(one("node.json", to), one("node.json", from));

test("an exported dashboard with a plugin's panel, PromQL and a collapsed row", () => {
  const text = editedText((copy) => {
    copy.panels[0].targets[0].expr = 'rate(node_cpu_seconds_total{mode="user"}[5m])';
    copy.panels[0].options = { spokes: 5 };
    copy.panels[1].panels[0].title = "Free space";
    copy.__requires[0].version = "1.3.0";
    copy.version = 4;
  });
  expect(text).toMatchInlineSnapshot(`
    "### Dashboard “Node”

    - \`__requires[Radar].version\`: 1.2.0 → 1.3.0
    - version: 3 → 4
    - Panel **Load**
      - query: \`mode!="idle"\` → \`mode="user"\`
      - \`options.spokes\`: added 5
    - Panel **Free space**: renamed, was “Free”
    "
  `);
});

test("a row that opens moves nothing", () => {
  const text = editedText((copy) => {
    const [row] = copy.panels.splice(1, 1);
    copy.panels.push({ ...row, collapsed: false, panels: [] }, ...row.panels);
  });
  expect(text).toMatchInlineSnapshot(`
    "### Dashboard “Node”

    - Row **Disks**: collapsed: true → false
    "
  `);
});

test("a panel that leaves its row", () => {
  const text = editedText((copy) => {
    const [inside] = copy.panels[1].panels;
    copy.panels[1].panels = [{ id: 4, type: "stat", title: "Used", gridPos: { x: 0, y: 9, w: 4, h: 4 } }];
    copy.panels.splice(1, 0, { ...inside, gridPos: { x: 0, y: 8, w: 12, h: 8 } });
    copy.panels[2].gridPos.y = 16;
  });
  expect(text).toMatchInlineSnapshot(`
    "### Dashboard “Node”

    - Panel **Free**: moved: “Disks” → no row
    - Panel **Used**: added (stat)
    "
  `);
});

test("the same dashboard bare, wrapped and as a resource is the same", () => {
  const wrapped = { dashboard: exported };
  const resource = {
    apiVersion: "dashboard.grafana.app/v1beta1",
    kind: "Dashboard",
    metadata: { name: "node" },
    spec: exported,
  };
  const list = [exported];
  for (const shape of [wrapped, list]) expect(compare(one("node.json", shape), one("node.json", exported))).toEqual([]);
  expect(dashboard(resource, { ...resource, spec: { ...exported, title: "Machines" } })).toMatchInlineSnapshot(`
    "### Dashboard “Machines”

    - renamed, was “Node”
    "
  `);
});

test("rows of Grafana before 5, where panels have no place: their order is their place", () => {
  const old = (titles: string[]) => ({
    title: "Old",
    rows: [
      {
        title: "All",
        height: "250px",
        panels: titles.map((title, id) => ({ id: id + 1, title, span: 6, type: "graph", targets: [{ expr: title }] })),
      },
    ],
  });
  const swapped = old(["a", "b", "c"]);
  swapped.rows[0]!.panels.push(swapped.rows[0]!.panels.shift()!);
  expect(dashboard(old(["a", "b", "c"]), old(["a", "b"]))).toMatchInlineSnapshot(`
    "### Dashboard “Old”

    - Panel **c**: removed (graph, 1 query)
    "
  `);
  expect(dashboard(old(["a", "b", "c"]), swapped)).toMatchInlineSnapshot(`
    "### Dashboard “Old”

    - Panel **a**: moved: column 0, line 1 → column 0, line 3
    "
  `);
});

const rules = (text: string) => one("alerting/rules.yaml", text);
test("several groups, a rule without uid, a mute timing, tombstones", () => {
  const text = changes(
    rules(
      GRAFANA.replace("params: [0.1]", "params: [0.05]")
        .replace("type: lt", "type: lt")
        .replace(
          "interval: 2m, rules: [{ uid: net1, title: Link down",
          "interval: 30s, rules: [{ uid: net1, title: Link lost",
        )
        .replace("uid: old1", "uid: old2")
        .replace("22:00", "21:00"),
    ),
    rules(GRAFANA),
  );
  expect(text).toMatchInlineSnapshot(`
    "### Alert rules

    - Rule **Disk full**: condition: last of A \\< 0.1 → last of A \\< 0.05
    - Rule **Link lost**
      - renamed, was “Link down”
      - evaluated every: 2 min → 30 s

    ### Notifications

    - Mute timing **nights**: \`time_intervals[0].times[0].start_time\`: 22:00 → 21:00

    ### Grafana provisioning

    - Tombstone of **rule old1**: removed
    - Tombstone of **rule old2**: added
    "
  `);
});

test("a tombstone is told with what it removes, and alone when nothing goes", () => {
  const things = `
contactPoints:
  - { orgId: 1, name: Team, receivers: [{ uid: mail, type: email, settings: { addresses: a@example.org } }] }
templates:
  - { orgId: 1, name: mails, template: "text" }
`;
  const tombstones = `
deleteContactPoints: [{ orgId: 1, uid: mail }, { orgId: 1, uid: other }]
deleteTemplates: [{ orgId: 1, name: mails }]
`;
  expect(changes(rules(`apiVersion: 1${tombstones}`), rules(`apiVersion: 1${things}`))).toMatchInlineSnapshot(`
    "### Notifications

    - Contact point **Team**: removed (email)
    - Template **mails**: removed

    ### Grafana provisioning

    - Tombstone of **contact point other**: added
    "
  `);
  expect(changes(rules(`apiVersion: 1${things}${tombstones}`), rules(`apiVersion: 1${things}`))).toContain(
    "- Tombstone of **contact point mail**: added\n",
  );
});

test("a rule that moves to another group and file, without uid", () => {
  const text = changes(one("alerting/infra.yaml", GRAFANA.replace("name: disks", "name: storage")), rules(GRAFANA));
  expect(text).toMatchInlineSnapshot(`
    "### Alert rules

    - Rule **Disk full**
      - group: disks → storage
      - file: rules.yaml → infra.yaml
    - Rule **Link down**: file: rules.yaml → infra.yaml

    ### Notifications

    - Mute timing **nights**: file: rules.yaml → infra.yaml
    "
  `);
});

test("rules of Prometheus and of Loki's ruler", () => {
  const file = (expr: string, wait: string) =>
    rules(`groups: [{ name: g, rules: [{ alert: Down, expr: '${expr}', for: ${wait}, labels: { severity: page } }] }]`);
  expect(brief(file('up{job="b"} == 0', "10m"), file('up{job="a"} == 0', "5m"))).toMatchInlineSnapshot(`
    "### Alert rules

    - Rule **Down**
      - query: \`job="a"\` → \`job="b"\`
      - for: 5 min → 10 min
    "
  `);
});

test("a folder of provisioning is the same wherever it stands", () => {
  const here = new Map([
    ["grafana-provisioning/alerting/rules.yaml", GRAFANA],
    ["grafana-provisioning/dashboards/node.json", JSON.stringify(exported)],
  ]);
  const bare = new Map([
    ["alerting/rules.yaml", GRAFANA],
    ["dashboards/node.json", JSON.stringify(exported)],
  ]);
  expect(compare(bare, here)).toEqual([]);
});

test("files of any other kind are told by their paths", () => {
  const from = new Map([
    ["plugins/app.yaml", "apps: [{ type: acme, disabled: false }]"],
    ["notes.txt", "one two three"],
    ["gone.json", "[1]"],
  ]);
  const to = new Map([
    ["plugins/app.yaml", "apps: [{ type: acme, disabled: true }]"],
    ["notes.txt", "one 2 three"],
    ["new.json", "{}"],
  ]);
  expect(changes(to, from)).toMatchInlineSnapshot(`
    "### Other files

    - File **app.yaml**: \`apps[0].disabled\`: false → true
    - File **gone.json**: removed
    - File **new.json**: added
    - File **notes.txt**: text: one two three → one 2 three
    "
  `);
});

test("a data source and a provider are told by their names, and found under new ones", () => {
  const file = (name: string, url: string) =>
    `apiVersion: 1\ndatasources: [{ name: ${name}, uid: ${name}, type: loki, url: "${url}" }]\nproviders: [{ name: p, updateIntervalSeconds: 10 }]`;
  expect(changes(rules(file("Logs", "http://b")), rules(file("Logs", "http://a")))).toMatchInlineSnapshot(`
    "### Grafana provisioning

    - Data source **Logs**: address: \`http://a\` → \`http://b\`
    "
  `);
  expect(changes(rules(file("Lines", "http://a")), rules(file("Logs", "http://a")))).toMatchInlineSnapshot(`
    "### Grafana provisioning

    - Data source **Lines**
      - renamed, was “Logs”
      - uid: Logs → Lines
    "
  `);
});
