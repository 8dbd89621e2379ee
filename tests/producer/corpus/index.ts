import type { Case } from "./case.ts";
import { encodings } from "./encodings.ts";
import { explosions, labels } from "./labels.ts";
import { sizes } from "./sizes.ts";
import { syntax } from "./syntax.ts";
import { values } from "./values.ts";

/** Malformed files, and what must become of each record in them; every one has a marker by which it is found again. */
export const corpus: readonly (Case & { marker: string })[] = [
  ...syntax,
  ...encodings,
  ...values,
  ...labels,
  ...explosions,
  ...sizes,
].map((found, index) => ({
  ...found,
  marker: `corpus-${String(index).padStart(3, "0")}`,
}));

export const rejects = ({ rejected }: Case): number => ("count" in rejected ? rejected.count : rejected.length);

/** How many messages tell so many rejects of one file: from the 1001st on one stands for all. */
export const messagesFor = (rejects: number): number => Math.min(rejects, 1001);
