import type { PostJson } from "../../src/services/posts/wire-post.ts";

export interface Json {
  items: PostJson[];
}

/** `foreign`: another's page, or with posts of who was never a friend. `old`: from before what the client knows it has written. */
export type Verdict = "right" | "foreign" | "old" | "late" | "unknown";

interface Version {
  body: string;
  commit: number;
  at: number;
}

export interface Claim {
  viewer: string;
  body: string;
  /** Not from before this state of the database. */
  sinceCommit: number;
  /** Not from before this time. */
  sinceMs: number;
}

const KEPT_VERSIONS = 300;

/** Every page that each person should have seen, state by state of the database. */
export class Oracle {
  readonly #versions = new Map<string, Version[]>();
  readonly #circleOf: (user: string) => readonly string[];
  readonly #lastOf = new Map<string, number>();
  #commit = 0;

  constructor(circleOf: (user: string) => readonly string[]) {
    this.#circleOf = circleOf;
  }

  /** The newest state. */
  get commit(): number {
    return this.#commit;
  }

  /** A write has changed the database: the number of its state. */
  changedBy(user: string): number {
    this.#lastOf.set(user, ++this.#commit);
    return this.#commit;
  }

  /** The state after the person's last write, from whatever device. */
  lastOf(user: string): number {
    return this.#lastOf.get(user) ?? 0;
  }

  /** What a person's first page is in the newest state. */
  record(viewer: string, body: string, at: number): void {
    const versions = this.#versions.get(viewer) ?? [];
    if (versions.at(-1)?.body !== body) versions.push({ body, commit: this.#commit, at });
    this.#versions.set(viewer, versions.slice(-KEPT_VERSIONS));
  }

  judge(claim: Claim): Verdict {
    const { viewer, body } = claim;
    const circle = new Set(this.#circleOf(viewer));
    const authors = (JSON.parse(body) as Json).items.map(({ author }) => author.id);
    if (authors.some((author) => !circle.has(author))) return "foreign";
    const own = this.#judgeOf(viewer, claim);
    if (own !== "unknown") return own;
    const others = [...this.#versions.keys()].filter((one) => one !== viewer);
    return others.some((one) => this.#judgeOf(one, claim) !== "unknown") ? "foreign" : "unknown";
  }

  #judgeOf(person: string, { body, sinceCommit, sinceMs }: Claim): Verdict {
    const versions = this.#versions.get(person) ?? [];
    // A page may be what it was once before: the newest time counts.
    const at = versions.findLastIndex((version) => version.body === body);
    if (at < 0) return "unknown";
    const next = versions.at(at + 1);
    if (next === undefined || (next.commit > sinceCommit && next.at >= sinceMs)) return "right";
    return next.commit > sinceCommit ? "late" : "old";
  }
}
