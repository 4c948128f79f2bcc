import type { Person } from "../template.ts";
import type { World } from "../world.ts";

/** What a person sees, the newest first, from a time on. */
export interface State {
  at: number;
  ids: readonly string[];
}

/** Everybody's feed as each write has left it. */
export class FeedStates {
  readonly #world: World;
  readonly #states = new Map<string, State[]>();
  /** Which state each own write has left, by person and number. */
  readonly #stateOfWrite = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
    for (const { id } of world.cast.people) this.#states.set(id, [{ at: 0, ids: [] }]);
  }

  /** By the rules in words, over all rows. */
  visibleTo(viewer: string): string[] {
    return this.#world
      .rows<{ id: string }>(
        `SELECT id FROM posts WHERE deleted_at IS NULL AND (author_id = ?1
          OR author_id IN (SELECT other_id FROM friendships WHERE user_id = ?1 AND state = 'friends')
            AND author_id NOT IN (SELECT other_id FROM hidings WHERE user_id = ?1)
            AND author_id NOT IN (SELECT user_id FROM hidings WHERE other_id = ?1))
        ORDER BY id DESC`,
        [viewer],
      )
      .map(({ id }) => id);
  }

  record(): void {
    for (const [viewer, states] of this.#states)
      states.push({ at: this.#world.now, ids: this.visibleTo(viewer) });
    for (const { id, seq } of this.#world.rows<{ id: string; seq: number }>(
      "SELECT user_id AS id, seq FROM own_writes",
    )) {
      const write = `${id} ${seq}`;
      const last = (this.#states.get(id)?.length ?? 0) - 1;
      if (!this.#stateOfWrite.has(write)) this.#stateOfWrite.set(write, last);
    }
  }

  of({ id }: Person): State[] {
    return this.#states.get(id) ?? [];
  }

  /** Those that held at some time since then. */
  since(person: Person, at: number, from = 0): State[] {
    const states = this.of(person);
    return states.filter((_, i) => i >= from && (states[i + 1]?.at ?? Infinity) > at);
  }

  /** The state after a person's write of this number, as far as it is known. */
  ofWrite({ id }: Person, seq: number): number {
    return this.#stateOfWrite.get(`${id} ${seq}`) ?? 0;
  }
}
