// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Grafana
import { expect, test } from "vitest";
import { shownLinks } from "../../src/view/dashboard-links.ts";
import { address, leads } from "../../src/view/links.ts";
import { type Dashboard, readDashboard } from "../../src/view/model.ts";
import { given } from "./frames.ts";

test("links are filled with the values of their row", () => {
  const frame = given("zoho books", { 0: 25 });
  const place = {
    of: { frame, field: frame.fields[1]!, row: 0 },
    timeRange: "from=now-6h&to=now",
    variables: "var-zone=a",
  };
  expect(address("/d/x?var-source=${__field.labels.source}&${__url_time_range}&${__all_variables}", place)).toBe(
    "/d/x?var-source=zoho%20books&from=now-6h&to=now&var-zone=a",
  );
  expect(address("${__data.fields.Value} ${__field.name} ${__autre}", place)).toBe("25 zoho%20books ${__autre}");
});

test("links of a panel, which stand on no value, are filled with the page's range and variables", () => {
  const place = { timeRange: "from=1&to=2", variables: "var-zone=a" };
  expect(address("/d/x?${__url_time_range}&${__all_variables}&${__field.name}", place)).toBe(
    "/d/x?from=1&to=2&var-zone=a&${__field.name}",
  );
});

const of = (uid: string, tags: readonly string[], links: readonly object[] = []) =>
  readDashboard({ uid, title: uid.toUpperCase(), tags, links, panels: [] }) as Dashboard;
const titles = (links: readonly object[]) => {
  const one = of("a", ["data"], links);
  const all = [one, of("b", ["data", "old"]), of("c", ["data"]), of("d", ["other"])];
  return shownLinks(one, all).map(({ title, isMenu, targets }) => [title, isMenu, targets.map(({ url }) => url)]);
};
test("links by tag lead to every other dashboard with all their tags, one by one or as a menu", () => {
  const byTag = { type: "dashboards", title: "Tableaux", tags: ["data"] };
  expect(titles([byTag])).toEqual([
    ["B", false, ["/d/b"]],
    ["C", false, ["/d/c"]],
  ]);
  expect(titles([{ ...byTag, asDropdown: true }])).toEqual([["Tableaux", true, ["/d/b", "/d/c"]]]);
  expect(titles([{ ...byTag, asDropdown: true, tags: ["data", "old"] }])).toEqual([["Tableaux", true, ["/d/b"]]]);
  expect(titles([{ type: "link", title: "Un", url: "/d/c" }])).toEqual([["Un", false, ["/d/c"]]]);
});

test.each([
  ["/d/x?var-source=a", true],
  ["https://example.org/", true],
  ["?from=1", true],
  ["d/x", true],
  ["mailto:equipe@example.org", true],
  ["javascript:alert(1)", false],
  [" java\nscript:alert(1)", false],
  ["data:text/html,<script>alert(1)</script>", false],
  ["vbscript:x", false],
  ["http://[", false],
])("a page leads to %j: %s", (url, does) => expect(leads(url)).toBe(does));
