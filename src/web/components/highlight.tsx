type Range = readonly [number, number];

interface Piece {
  text: string;
  marked: boolean;
}

/** Cuts a text at half-open ranges of UTF-16 units; ranges that overlap, lie outside or are empty do no harm. */
export function cutAtRanges(text: string, ranges: readonly Range[]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const start = Math.max(from, done);
    const end = Math.min(to, text.length);
    if (end <= start) continue;
    if (start > done) pieces.push({ text: text.slice(done, start), marked: false });
    pieces.push({ text: text.slice(start, end), marked: true });
    done = end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), marked: false });
  return pieces;
}

export function Highlight({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  return (
    <>{cutAtRanges(text, ranges).map((piece) => (piece.marked ? <mark>{piece.text}</mark> : piece.text))}</>
  );
}
