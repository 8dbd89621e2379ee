import pc from "picocolors";
import { expect, test } from "vitest";
import { withEffects } from "../../../../src/tools/diff/effect/effects.ts";
import { json } from "../../../../src/tools/diff/render/json.ts";
import { markdown } from "../../../../src/tools/diff/render/markdown.ts";
import { terminal } from "../../../../src/tools/diff/render/terminal.ts";
import { ALERTING, compare, edited } from "../support.ts";

test("what a change does is told below it, in every format", async () => {
  const files = edited(`${ALERTING}/1-echec-detecte.yml`, ({ groups }) =>
    Object.assign(groups[0].rules[0], { for: "5m" }),
  );
  const report = await withEffects(compare(files), async ({ kind, from, to }) =>
    kind === "rule" ? [`for ${from?.body.for} → ${to?.body.for}: stays quiet`] : [],
  );
  expect(markdown(report, { from: "a", to: "b" })).toMatchInlineSnapshot(`
    "**1 change** from a to b

    ### Alert rules

    - Rule **Échec détecté**
      - for: 0 s → 5 min
      - effect: for 0s → 5m: stays quiet
    "
  `);
  expect(terminal(report, { from: "a", to: "b" }, pc.createColors(false))).toContain(
    "      effect: for 0s → 5m: stays quiet\n",
  );
  expect(JSON.parse(json(report, { from: "a", to: "b" })).sections[0].subjects[0].effects).toEqual([
    "for 0s → 5m: stays quiet",
  ]);
});
