import type { IsolateState } from "../../src/deps.ts";
import type { Chances, Invocation, Place } from "./invocation.ts";
import { newDataCentre } from "./ports/data-centre.ts";

const CENTRES = 2;
const ISOLATES = 4;
const MAX_JUMP_MS = 20_000;

/** The isolates of all data centres, and what happens to them at any time. */
export class Machines {
  readonly places: readonly Place[];
  readonly #chances: Chances;
  readonly #newIsolate: () => IsolateState;

  constructor(chances: Chances, newIsolate: () => IsolateState) {
    this.#chances = chances;
    this.#newIsolate = newIsolate;
    const centres = Array.from({ length: CENTRES }, (_, i) => newDataCentre(`c${i + 1}`));
    this.places = Array.from({ length: ISOLATES }, (_, i) => this.#newPlace(i, centres[i % CENTRES]));
  }

  upset(): void {
    const { kernel, faults } = this.#chances;
    const place = kernel.random.pick(this.places);
    if (kernel.random.chance(faults.eviction)) this.evict(place);
    if (!kernel.random.chance(faults.clockJump)) return;
    place.skewMs = (kernel.random.next() * 2 - 1) * MAX_JUMP_MS;
    place.jumpedAt = kernel.now;
    kernel.note(place.name, `its clock is ${place.skewMs} ms off`);
  }

  /** The next isolate in its place may be of the other version. */
  evict(place: Place): void {
    const { kernel, faults } = this.#chances;
    kernel.note(place.name, "evicted");
    for (const invocation of place.running) invocation.kill("evicted");
    place.isolate = this.#newIsolate();
    place.isNext = kernel.random.chance(faults.rollout);
    place.life++;
  }

  #newPlace(index: number, centre: Place["centre"]): Place {
    const { kernel, faults } = this.#chances;
    const isNext = kernel.random.chance(faults.rollout);
    const about = { skewMs: 0, jumpedAt: -Infinity, life: 0, running: new Set<Invocation>() };
    return { name: `i${index + 1}`, centre, isNext, isolate: this.#newIsolate(), ...about };
  }
}
