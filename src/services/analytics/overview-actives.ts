import type { CountedLeaf, KeptLeaf, Leaf } from "../../db/queries/overview-actives.ts";
import { Sketch } from "../../domain/sketch.ts";
import type { Cover } from "./overview-leaves.ts";

interface LeafValue {
  users: number;
  sketch: Sketch | null;
  isEstimated: boolean;
  isFresh: boolean;
}

interface Brought {
  /** In the order they were counted in. */
  leaves: readonly Leaf[];
  kept: readonly KeptLeaf[];
  counted: readonly CountedLeaf[];
  /** What was counted at most. */
  limit: number;
}

/** The active users that a round trip brought, by the leaves asked for. */
export class ActiveUsers {
  readonly #values = new Map<number, LeafValue>();
  /** User-days counted. */
  readonly cost: number;
  /** Rows looked at: what was kept, the versions of its days, twice, and what was counted. */
  readonly rowsRead: number;
  #isPending = false;
  #isEstimated = false;

  constructor({ leaves, kept, counted, limit }: Brought) {
    this.cost = counted.reduce((sum, { cost }) => sum + cost, 0);
    const keptOf = new Map(kept.map((row) => [row.i, row]));
    const countedOf = new Map(counted.map((row) => [row.i, row]));
    const daysOf = ({ first, last }: Leaf) => last - first + 1;
    const keptRows = leaves
      .filter(({ id }) => keptOf.has(id))
      .reduce((sum, leaf) => sum + 1 + daysOf(leaf), 0);
    this.rowsRead = this.cost + keptRows * 2;
    const whole = completeCount(leaves, countedOf, this.cost < limit);
    for (const [place, { id, isSet }] of leaves.entries()) {
      const row = keptOf.get(id);
      const isFresh = row?.fresh === 1;
      if (row !== undefined && (isFresh || place >= whole)) {
        this.#values.set(id, keptValue(row, isSet));
        this.#isPending ||= !isFresh;
      } else if (place < whole) this.#values.set(id, countedValue(countedOf.get(id), isSet));
      else this.#isPending = true;
    }
  }

  /** Whether some are not known yet, or only as they were before the last changes. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** Whether any number given out is an estimate. */
  get isEstimated(): boolean {
    return this.#isEstimated;
  }

  /** How many different users there are in a cover; `null` where that is not known yet. */
  countOf(cover: Cover): number | null {
    if (cover.length === 1) return this.#give(this.#values.get(cover[0]));
    const union = this.unionOf(cover);
    this.#isEstimated ||= union?.isExact === false;
    return union?.count ?? null;
  }

  /** What is known of a leaf, and has not changed since. */
  freshOf(id: number): { users: number; sketch: Sketch | null } | null {
    const value = this.#values.get(id);
    return value?.isFresh === true ? value : null;
  }

  /** The users in a cover of leaves that are sets; `null` where they are not known yet. */
  unionOf(cover: Cover): Sketch | null {
    const union = new Sketch();
    for (const id of cover) {
      const sketch = this.#values.get(id)?.sketch ?? null;
      if (sketch === null) return null;
      union.merge(sketch);
    }
    return union;
  }

  #give(value: LeafValue | undefined): number | null {
    if (value === undefined) return null;
    this.#isEstimated ||= value.isEstimated;
    return value.users;
  }
}

/** How many of the leaves were counted to their end: all before the one at which the limit was reached. */
function completeCount(
  leaves: readonly Leaf[],
  counted: ReadonlyMap<number, CountedLeaf>,
  isAll: boolean,
): number {
  return isAll ? leaves.length : leaves.findLastIndex(({ id }) => counted.has(id));
}

function keptValue({ users, sketch, estimated, fresh }: KeptLeaf, isSet: boolean): LeafValue {
  const decoded = isSet && sketch !== null ? Sketch.decode(new Uint8Array(sketch)) : null;
  return { users, sketch: decoded, isEstimated: estimated === 1, isFresh: fresh === 1 };
}

function countedValue(row: CountedLeaf | undefined, isSet: boolean): LeafValue {
  const sketch = isSet ? Sketch.of(usersOf(row?.list ?? null)) : null;
  return { users: row?.users ?? 0, sketch, isEstimated: false, isFresh: true };
}

/** The numbers of a list joined by commas. */
export function usersOf(list: string | null): number[] {
  return list === null || list === "" ? [] : list.split(",").map(Number);
}
