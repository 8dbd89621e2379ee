/** Items of which the first is always at hand: `settle` after the first has changed, `drop` takes it away. */
export function heapOf<T>(items: readonly T[], before: (a: T, b: T) => boolean) {
  const heap = [...items];
  const sink = (from: number): void => {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (left < heap.length && before(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && before(heap[right]!, heap[least]!)) least = right;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  };
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(at);
  return {
    first: (): T | undefined => heap[0],
    settle: () => sink(0),
    drop: () => {
      const last = heap.pop();
      if (heap.length === 0 || last === undefined) return;
      heap[0] = last;
      sink(0);
    },
  };
}
