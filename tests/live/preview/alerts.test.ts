import { describe, expect, test } from "vitest";
import { rules } from "../../support/built.ts";
import { legendOf } from "./readings.ts";
import { settled, shared } from "./support.ts";

const open = shared();

describe("the page of the alerts", () => {
  test("shows every rule with its instances, timeline, condition, mails and runbook", async () => {
    const { page, faults } = await open(`/alertes?from=now-24h&to=now`);
    expect(await page.locator(".rule h2").allInnerTexts()).toEqual(rules.map(({ title }) => title));
    for (const { uid } of rules) {
      const rule = page.locator(`[data-rule="${uid}"]`);
      expect(await rule.locator(".words").innerText()).toMatch(/^Se déclenche quand .* Évaluée toutes les /);
      const runbook = rule.locator(`[data-part="${uid}/Procédure"]`);
      await runbook.locator("summary").first().click();
      expect(await runbook.innerText()).toContain("À faire d'abord");
    }
    expect(await page.locator('[data-rule="1-echec-detecte"] .timeline').first().getAttribute("aria-label")).toMatch(
      /déclenchée du 2026-11-2\d/,
    );
    expect(faults).toEqual([]);
  });

  test("its mails read as they would have been sent, and it says that none was", async () => {
    const { page } = await open(`/alertes?from=now-6h&to=now`);
    const mail = page.locator('[data-rule="1-echec-detecte"] .mail').first();
    const part = page.locator('[data-part="1-echec-detecte/Courriels"]');
    if ((await part.getAttribute("open")) === null) await part.locator("summary").first().click();
    expect(await part.innerText()).toContain("l'aperçu n'envoie rien");
    expect(await mail.locator(".to").innerText()).toBe("À : equipe@example.org");
    expect(await mail.locator("summary").innerText()).toContain("Échec détecté");
    expect(await mail.locator("pre").innerText()).toContain("zohobooks");
  });

  test("leads to the panel that plots the rule, over the same range", async () => {
    const { page } = await open(`/alertes?from=now-24h&to=now`);
    await page.locator('[data-rule="4-latence-degradee"]').getByRole("link", { name: "Voir le panneau" }).click();
    await page.waitForURL(/viewPanel=4/);
    await settled(page);
    expect(new URL(page.url()).searchParams.get("from")).toBe("now-24h");
    expect((await legendOf(page, 4)).length).toBe(7);
  });
});
