type Figure = readonly [name: string, value: number];

/** What a program shows on `/metrics` now: each name with its labels, and its value. */
export async function metricsAt(url: string): Promise<readonly Figure[]> {
  const text = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5000) })).text();
  return [...text.matchAll(/^(\w.*) (\S+)$/gm)].map(([, name, value]) => [name!, Number(value)]);
}

export const sum = (figures: readonly Figure[]): number => figures.reduce((all, [, value]) => all + value, 0);
