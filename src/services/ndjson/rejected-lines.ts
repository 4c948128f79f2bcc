const MAX_LISTED = 100;

export interface RejectedLine<C extends string = string> {
  line: number;
  code: C;
  detail: string;
}

/** Counts rejected lines and keeps the first 100, whatever the order they come in. */
export class RejectedLines<C extends string> {
  #count = 0;
  #lines: RejectedLine<C>[] = [];

  get count(): number {
    return this.#count;
  }

  add(rejected: RejectedLine<C>): void {
    this.#count++;
    this.#lines.push(rejected);
    // Lines come out of order: what the database refuses is known later than what cannot be read.
    if (this.#lines.length >= MAX_LISTED * 2) this.#lines = this.first();
  }

  first(): RejectedLine<C>[] {
    return this.#lines.toSorted((a, b) => a.line - b.line).slice(0, MAX_LISTED);
  }
}
