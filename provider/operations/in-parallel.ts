/** Entries, or lists of parents, that are worked on at once: enough to keep every slot of the client busy. */
const width = 32;

/** Does something for each item, a bounded number at once, in their order. */
export async function inParallel<T>(items: Iterable<T>, task: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await task(next.value);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
