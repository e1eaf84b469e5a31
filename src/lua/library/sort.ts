/**
 * Quicksort with the median of three, as `table.sort` of Lua 5.1 and LuaJIT has it: it is not stable, so that equal items
 * end up in an order that only the same algorithm gives. False where the order contradicts itself and Lua refuses it.
 */
export function sortInPlace<T>(items: T[], isBefore: (a: T, b: T) => boolean): boolean {
  const at = (index: number): T => {
    const item = items[index];
    if (item === undefined) throw new RangeError(`no item ${index}`);
    return item;
  };
  const swap = (a: number, b: number): void => {
    [items[a], items[b]] = [at(b), at(a)];
  };
  /** Puts two places in order. */
  const arrange = (low: number, high: number): void => {
    if (isBefore(at(high), at(low))) swap(low, high);
  };

  const sort = (from: number, to: number): boolean => {
    let [low, high] = [from, to];
    while (low < high) {
      arrange(low, high);
      if (high - low === 1) return true;
      const middle = Math.floor((low + high) / 2);
      if (isBefore(at(middle), at(low))) swap(middle, low);
      else arrange(middle, high);
      if (high - low === 2) return true;
      const pivot = at(middle);
      swap(middle, high - 1);
      let [left, right] = [low, high - 1];
      for (;;) {
        while (isBefore(at(++left), pivot)) if (left >= high) return false;
        while (isBefore(pivot, at(--right))) if (right <= low) return false;
        if (right < left) break;
        swap(left, right);
      }
      swap(high - 1, left);
      // the smaller half by a call, the larger one by going round again: the depth stays logarithmic
      const [smaller, larger]: [[number, number], [number, number]] =
        left - low < high - left
          ? [
              [low, left - 1],
              [left + 1, high],
            ]
          : [
              [left + 1, high],
              [low, left - 1],
            ];
      if (!sort(...smaller)) return false;
      [low, high] = larger;
    }
    return true;
  };
  return sort(0, items.length - 1);
}
