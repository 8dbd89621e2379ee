import type { Browser } from "playwright-core";
import { detail, UserError } from "../../core/errors.ts";
import { findOnPath } from "../../stack/tools.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

async function library(): Promise<typeof import("playwright-core")> {
  try {
    return await import("playwright-core");
  } catch (cause) {
    throw new UserError(`playwright-core is not installed (${detail(cause)}); run npm ci without --omit=dev.`, {
      cause,
    });
  }
}

/** The system's Chromium or Chrome, without a window. */
export async function launchBrowser(): Promise<Browser> {
  const { chromium } = await library();
  const executablePath = NAMES.map((name) => findOnPath(name)).find(Boolean);
  if (!executablePath)
    throw new UserError(
      "There is no Chromium on the PATH: install one (Debian, Ubuntu: apt-get install chromium), or Google Chrome.",
    );
  // Chromium's sandbox refuses to run as root.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args: [...sandbox, ...quiet] });
}
