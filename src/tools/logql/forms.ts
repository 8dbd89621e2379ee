import { z } from "zod";
import type { CaseFile } from "../../logql/cases.ts";

const labels = z.record(z.string(), z.string());
const held = {
  t0: z.string().refine((text) => !Number.isNaN(Date.parse(text)), "is no moment of RFC 3339"),
  streams: z.array(z.object({ labels, entries: z.array(z.tuple([z.number(), z.string()])) })),
};
const asked = { id: z.string(), query: z.string() };
const caseFile = z.object({
  ...held,
  cases: z.array(
    z.discriminatedUnion("kind", [
      z.object({ ...asked, kind: z.literal("instant"), at: z.number() }),
      z.object({ ...asked, kind: z.literal("range"), start: z.number(), end: z.number(), step: z.number() }),
      z.object({
        ...asked,
        kind: z.literal("log"),
        start: z.number(),
        end: z.number(),
        limit: z.number(),
        direction: z.enum(["forward", "backward"]),
      }),
    ]),
  ),
});
const push = z.object({
  streams: z.array(
    z.object({
      stream: labels,
      values: z.array(z.tuple([z.string().regex(/^\d+$/, "must be nanoseconds since 1970"), z.string()], z.unknown())),
    }),
  ),
});

type Push = z.output<typeof push>;
/** What was read, or where it is not as it should be. */
type Read<T> = Readonly<{ value: T; fault?: undefined }> | Readonly<{ fault: string }>;

function read<T>(schema: z.ZodType, given: unknown): Read<T> {
  const { success, error } = schema.safeParse(given);
  if (success) return { value: given as T };
  const { path, message } = error.issues[0]!;
  const place = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return { fault: place === "" ? message : `${place.replace(/^\./, "")}: ${message}` };
}

/** A file of streams and questions about them. */
export const readCases = (given: unknown): Read<CaseFile> => read(caseFile, given);
/** The streams of such a file. */
export const readStreams = (given: unknown): Read<CaseFile> => read(z.object(held), given);
/** What is pushed to Loki. */
export const readPush = (given: unknown): Read<Push> => read(push, given);
