import { createRequire } from "node:module";
import type * as zod from "zod";

/** Libraries of the generator, required, not imported: loaded in one go, their many files cost half the time. */
export const load = createRequire(import.meta.url);
export const { z }: typeof zod = load("zod");
