/** The best `capacity` documents of one segment: the highest rank first, and of equal ranks the lowest document. */
export class TopDocuments {
  readonly ranks: Float64Array;
  readonly docs: Int32Array;
  size = 0;
  /** What a rank must exceed, or equal with a lower document, once the heap is full. */
  least: number;

  /** `least`: ranks below it are of no use, since the segments before have enough above. */
  constructor(capacity: number, least = Number.NEGATIVE_INFINITY) {
    this.least = least;
    this.ranks = new Float64Array(capacity);
    this.docs = new Int32Array(capacity);
  }

  offer(rank: number, doc: number): void {
    if (this.size < this.ranks.length) {
      this.#raise(this.size++, rank, doc);
    } else if (rank > this.ranks[0] || (rank === this.ranks[0] && doc < this.docs[0])) {
      this.#sink(rank, doc);
    } else return;
    if (this.size === this.ranks.length) this.least = Math.max(this.least, this.ranks[0]);
  }

  /** Whether entry a is worse than (rank, doc). */
  #worse(a: number, rank: number, doc: number): boolean {
    return this.ranks[a] < rank || (this.ranks[a] === rank && this.docs[a] > doc);
  }

  #put(at: number, rank: number, doc: number): void {
    this.ranks[at] = rank;
    this.docs[at] = doc;
  }

  #raise(from: number, rank: number, doc: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#worse(parent, rank, doc)) break;
      this.#put(at, this.ranks[parent], this.docs[parent]);
      at = parent;
    }
    this.#put(at, rank, doc);
  }

  #sink(rank: number, doc: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.#worse(child + 1, this.ranks[child], this.docs[child])) child++;
      if (!this.#worse(child, rank, doc)) break;
      this.#put(at, this.ranks[child], this.docs[child]);
      at = child;
    }
    this.#put(at, rank, doc);
  }
}
