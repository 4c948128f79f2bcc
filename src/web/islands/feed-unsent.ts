import type { DraftPicture, DraftProduct } from "../feed/draft.ts";

/** Who is named in a text, by the name that stands behind the `@`. */
export interface Named {
  id: string;
  name: string;
}

/** What is being written. */
export interface Writing {
  text: string;
  named: readonly Named[];
  product: DraftProduct | null;
  pictures: readonly DraftPicture[];
}

/** A post that the service has not confirmed; sent again with the same key, it is posted once. */
export interface Unsent extends Writing {
  key: string;
}

interface Kept {
  writing: Writing | null;
  unsent: Unsent[];
}

/** What one person has written in this tab and not posted: it outlives a reload, and signing in again. */
export class UnsentStore {
  readonly #key: string;

  constructor(userId: string) {
    this.#key = `vitrine.feed.unsent.${userId}`;
  }

  get writing(): Writing | null {
    return this.#read().writing;
  }

  get unsent(): readonly Unsent[] {
    return this.#read().unsent;
  }

  keepWriting(writing: Writing | null): void {
    this.#write({ ...this.#read(), writing });
  }

  add(post: Unsent): void {
    const kept = this.#read();
    this.#write({ ...kept, unsent: [...kept.unsent.filter(({ key }) => key !== post.key), post] });
  }

  remove(key: string): void {
    const kept = this.#read();
    this.#write({ ...kept, unsent: kept.unsent.filter((post) => post.key !== key) });
  }

  #read(): Kept {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#key) ?? "null") as Kept | null; // Written here alone.
      return kept ?? { writing: null, unsent: [] };
    } catch {
      return { writing: null, unsent: [] };
    }
  }

  #write(kept: Kept): void {
    try {
      if (kept.writing === null && kept.unsent.length === 0) sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Without storage it lasts as long as the page.
    }
  }
}
