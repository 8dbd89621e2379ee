import { chooseMode } from "../../../deploy/launcher/docker.ts";
import { LauncherError } from "../../../deploy/launcher/errors.ts";
import { findInstalled, howToGet } from "../../../deploy/launcher/installed.ts";
import { ProofError } from "../../proof/errors.ts";
import { assertTenants } from "../../proof/loki.ts";
import { type OwnLoki, startLoki } from "../../proof/own-loki.ts";

/** Where to find a Loki: a running one, or one that is started. */
export type LokiOptions = Readonly<{ url: string | undefined; print: (line: string) => void }>;

async function given(url: string): Promise<OwnLoki> {
  const base = url.replace(/\/+$/, "");
  await assertTenants(base);
  return { url: base, stop: async () => {} };
}

async function own({ print }: LokiOptions): Promise<OwnLoki> {
  if (chooseMode() === "native" && !findInstalled("loki"))
    throw new ProofError(`${howToGet("loki").replace(/\.$/, "")}; --loki URL names a running one, --no-effect does without`);
  return startLoki(print);
}

/** Gives a work the address of a Loki, had at the first call and stopped at the end. */
export async function withLoki<T>(options: LokiOptions, work: (url: () => Promise<string>) => Promise<T>): Promise<T> {
  let held: Promise<OwnLoki> | undefined;
  try {
    return await work(async () => {
      held ??= options.url === undefined ? own(options) : given(options.url);
      return (await held).url;
    });
  } finally {
    await held?.then(
      ({ stop }) => stop(),
      () => {},
    );
  }
}

/** Whether an error says that no Loki can be had. */
export const isWithoutLoki = (error: unknown): error is Error => error instanceof ProofError || error instanceof LauncherError;
