import pc from "picocolors";

/** Writes one line for the user. */
export type Print = (line: string) => void;
export const toTerminal: Print = (line) => console.log(line);

const seconds = (since: number) => `${Math.round((Date.now() - since) / 1000)} s`;

/** Shows `label… 35 s` during the work: one line redrawn on a terminal, else one at the start and one every 30 s. */
export async function withProgress<T>(
  { label, print }: Readonly<{ label: string; print: Print }>,
  work: () => Promise<T>,
): Promise<T> {
  const start = Date.now();
  const redrawn = print === toTerminal && process.stdout.isTTY;
  const show = () =>
    redrawn
      ? process.stdout.write(`\r${label}… ${pc.dim(seconds(start))}\x1b[K`)
      : print(`${label}… ${seconds(start)}`);
  show();
  const timer = setInterval(show, redrawn ? 1000 : 30_000);
  const erase = () => redrawn && process.stdout.write("\r\x1b[K");
  try {
    const result = await work().finally(erase);
    print(`${pc.green("✔")} ${label} ${pc.dim(seconds(start))}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
