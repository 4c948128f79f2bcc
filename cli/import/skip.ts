/** What comes after the first `count`; `onSkipped` is told once they are passed over. */
export async function* skipRecords<T>(
  records: AsyncIterable<T>,
  count: number,
  onSkipped: () => void,
): AsyncGenerator<T> {
  let left = count;
  for await (const record of records) {
    if (left > 0) {
      if (--left === 0) onSkipped();
      continue;
    }
    yield record;
  }
}
