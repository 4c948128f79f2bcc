import { createRandom } from "../random.ts";

/**
 * Deals the cards of a list, each once before any comes again, in another order each time round. Days take their own part
 * of the deal, `perDay` cards, so that a day is dealt the same without those before it.
 */
export class Deck<T> {
  readonly #cards: readonly T[];
  readonly #seed: number;
  #at: number;
  #order: readonly T[] = [];
  #round = -1;

  constructor(cards: readonly T[], { seed, day, perDay }: { seed: number; day: number; perDay: number }) {
    this.#cards = cards;
    this.#seed = seed;
    this.#at = day * Math.max(1, Math.ceil(perDay));
  }

  deal(): T {
    const { length } = this.#cards;
    const round = Math.floor(this.#at / length);
    if (round !== this.#round) {
      this.#round = round;
      this.#order = createRandom(this.#seed * 7_919 + round).shuffled(this.#cards);
    }
    return this.#order[this.#at++ % length];
  }
}
