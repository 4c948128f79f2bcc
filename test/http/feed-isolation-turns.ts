/** Which of many requests goes on next is drawn at each of their waits for something: the same seed, the same order. */
export class Turns {
  readonly #random: () => number;
  #running = 0;
  #waiting: (() => void)[] = [];
  #idle: (() => void) | null = null;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Lets others go first. */
  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#ended();
    });
  }

  /** Runs what passes beside what runs already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await work();
    } finally {
      this.#ended();
    }
  }

  /** Resolves once all that has begun waits for its turn. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  /** Lets one go on, and resolves when all wait again; `false` where none waits. */
  async step(): Promise<boolean> {
    await this.idle();
    const { length } = this.#waiting;
    if (length === 0) return false;
    const [resume] = this.#waiting.splice(Math.floor(this.#random() * length), 1);
    this.#running++;
    resume();
    await this.idle();
    return true;
  }

  #ended(): void {
    this.#running--;
    if (this.#running > 0 || this.#idle === null) return;
    this.#idle();
    this.#idle = null;
  }
}
