import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const blocks = [
  ...readFileSync("docs/security.md", "utf8").matchAll(/```(?:nginx)?\n([^`]*proxy[^`]*127\.0\.0\.1:3000[^`]*)```/g),
].map(([, block]) => block!);

test("each documented proxy keeps Grafana's metrics, which ask for no login, to itself", () => {
  expect(blocks).toHaveLength(2);
  const [caddy, nginx] = blocks as [string, string];
  // Caddy answers with \`respond\` before it passes anything on; nginx takes the longest prefix.
  expect(caddy).toMatch(/^\trespond \/metrics\* 404$/m);
  expect(nginx).toMatch(/^ {2}location \/metrics \{ return 404; \}$/m);
});
