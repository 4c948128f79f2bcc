/** One line of an import: a product as an object, or a line of JSON as it is. */
export type ImportLine = object | string;

function encoded(line: ImportLine): Uint8Array<ArrayBuffer> {
  const text = typeof line === "string" ? line : JSON.stringify(line);
  return new TextEncoder().encode(text.endsWith("\n") ? text : `${text}\n`);
}

/** The lines as a stream of NDJSON that reads no faster than it is sent. A stream is taken for bytes of NDJSON already. */
export function ndjsonStream(
  lines: AsyncIterable<ImportLine> | Iterable<ImportLine> | ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> {
  if (lines instanceof ReadableStream) return lines;
  const source = Symbol.asyncIterator in lines ? lines[Symbol.asyncIterator]() : lines[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(encoded(value));
    },
    async cancel() {
      await source.return?.();
    },
  });
}
