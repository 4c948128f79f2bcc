/**
 * Memory that one search leaves to the next. A search is synchronous, so no two use it at once; each leaves it zeroed.
 * Documents are numbered through all segments of the snapshot.
 */
export class Scratch {
  /** How many words each document matches. */
  matched = new Uint8Array(0);
  /** Documents that match any word, in order of first match. */
  touched = new Int32Array(0);
  /** Documents that pass all filters. */
  hits = new Int32Array(0);
  /** 1 for documents that an exclusion takes out. */
  banned = new Uint8Array(0);
  /** Of the documents of one segment. */
  failures = { counts: new Uint8Array(0), fields: new Uint8Array(0) };
  #slots: Int32Array[] = [];
  #near: Int32Array[] = [];
  #capacity = 0;

  reserve(documents: number): void {
    if (documents <= this.#capacity) return;
    this.#capacity = Math.ceil(documents * 1.1) + 64;
    this.matched = new Uint8Array(this.#capacity);
    this.touched = new Int32Array(this.#capacity);
    this.hits = new Int32Array(this.#capacity);
    this.banned = new Uint8Array(this.#capacity);
    this.failures = { counts: new Uint8Array(this.#capacity), fields: new Uint8Array(this.#capacity) };
    this.#slots = [];
    this.#near = [];
  }

  /** Room for the documents that fail in one filtered field alone. */
  near(field: number): Int32Array {
    while (this.#near.length <= field) this.#near.push(new Int32Array(this.#capacity));
    return this.#near[field];
  }

  /** By document: impact × weight of a word's best match in the upper bits, the title position code in the lower eight. */
  slot(word: number): Int32Array {
    while (this.#slots.length <= word) this.#slots.push(new Int32Array(this.#capacity));
    return this.#slots[word];
  }

  /** Zeroes what a search of `words` words wrote. */
  clear(words: number, documents: number, touched: number, banned: boolean): void {
    if (touched > documents >> 3) {
      this.matched.fill(0, 0, documents);
      for (let word = 0; word < words; word++) this.slot(word).fill(0, 0, documents);
    } else {
      for (let i = 0; i < touched; i++) this.#zero(this.touched[i], words);
    }
    if (banned) this.banned.fill(0, 0, documents);
    // Rare long queries must not keep memory for ever.
    if (this.#slots.length > KEPT_SLOTS) this.#slots.length = KEPT_SLOTS;
    if (this.#near.length > KEPT_SLOTS) this.#near.length = KEPT_SLOTS;
  }

  #zero(doc: number, words: number): void {
    this.matched[doc] = 0;
    for (let word = 0; word < words; word++) this.#slots[word][doc] = 0;
  }
}

const KEPT_SLOTS = 6;
