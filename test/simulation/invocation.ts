import type { IsolateState } from "../../src/deps.ts";
import type { Lifetime } from "../../src/ports/lifetime.ts";
import type { DataCentre } from "./ports/data-centre.ts";
import type { Faults } from "./faults.ts";
import type { Kernel } from "./kernel.ts";

/** One isolate: what it remembers, where it runs, and which version of the Worker. */
export interface Place {
  name: string;
  centre: DataCentre;
  isNext: boolean;
  isolate: IsolateState;
  /** Of its machine's clock. */
  skewMs: number;
  /** When that clock last jumped. */
  jumpedAt: number;
  /** One more with each isolate that has ended here. */
  life: number;
  running: Set<Invocation>;
}

export interface Chances {
  readonly kernel: Kernel;
  readonly faults: Faults;
}

/** waitUntil may go on for 30 s after the response: developers.cloudflare.com/workers/runtime-apis/context/#waituntil */
const DEFERRED_MS = 30_000;
const NEVER = new Promise<never>(() => undefined);

/**
 * One request, batch of messages or tick. Once it has ended, by itself or with its isolate, whatever of it still waits for
 * a port waits for ever.
 */
export class Invocation implements Lifetime {
  readonly place: Place;
  readonly label: string;
  /** Resolves when it is cut off. */
  readonly cut: Promise<null>;
  readonly #chances: Chances;
  readonly #deferred = new Set<Promise<unknown>>();
  #isAlive = true;
  #end: () => void = () => undefined;

  constructor(chances: Chances, place: Place, label: string) {
    this.#chances = chances;
    this.place = place;
    this.label = `${place.name}${place.isNext ? "′" : ""} ${label}`;
    this.cut = new Promise((resolve) => (this.#end = () => resolve(null)));
    place.running.add(this);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  note(what: string): void {
    this.#chances.kernel.note(this.label, what);
  }

  chance(probability: number): boolean {
    return probability > 0 && this.#chances.kernel.random.chance(probability);
  }

  /** About so long, sometimes several times as long. */
  travel(typicalMs: number): Promise<void> {
    return this.wait(typicalMs * (0.3 - Math.log(1 - this.#chances.kernel.random.next())));
  }

  async wait(ms: number): Promise<void> {
    await this.#chances.kernel.sleep(ms);
    if (!this.#isAlive) await NEVER;
  }

  /** A call of a port: `effect` happens at one moment between asking and being answered. */
  async through<T>(what: string, typicalMs: number, effect: () => T | Promise<T>): Promise<T> {
    await this.travel(typicalMs / 2);
    const result = await effect();
    this.note(what);
    await this.travel(typicalMs / 2);
    return result;
  }

  defer(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => this.note(`deferred failed: ${String(error)}`))
      .finally(() => this.#deferred.delete(watched));
    this.#deferred.add(watched);
  }

  /** The response is sent: what was deferred may go on for a while, or not. */
  responded(): void {
    const { kernel, faults } = this.#chances;
    if (this.#deferred.size > 0 && this.chance(faults.deferredCancelled)) {
      kernel.after(kernel.random.next() * 30, () => this.kill("deferred work cancelled"));
      return;
    }
    kernel.after(DEFERRED_MS, () => this.kill("deferred work out of time"));
    void this.#drained().then(() => this.kill(null));
  }

  kill(why: string | null): void {
    if (!this.#isAlive) return;
    if (why !== null && (this.#deferred.size > 0 || why === "evicted")) this.note(why);
    this.#isAlive = false;
    this.place.running.delete(this);
    this.#end();
  }

  async #drained(): Promise<void> {
    while (this.#deferred.size > 0) await Promise.all(this.#deferred);
  }
}
