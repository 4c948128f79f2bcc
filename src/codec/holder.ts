import type { CodecInstance } from "./instance.ts";
import { MemoryGate } from "./memory-gate.ts";

/** Of the isolate's 128 MB: what the largest image that is taken needs. */
const BUDGET_BYTES = 88_000_000;
/** A larger instance is not worth keeping: its memory never shrinks. */
const MAX_IDLE_BYTES = 16 * 1_048_576;

/** What one isolate keeps of the codec between images: values only. */
export class CodecHolder {
  readonly gate = new MemoryGate(BUDGET_BYTES);
  #idle: CodecInstance | null = null;

  /** The instance that is kept, if there is one; it is the caller's now. */
  takeIdle(): CodecInstance | null {
    const instance = this.#idle;
    this.#idle = null;
    return instance;
  }

  /** Keeps an instance that has done its work; never one that has failed. */
  giveBack(instance: CodecInstance): void {
    if (instance.memoryBytes <= MAX_IDLE_BYTES) this.#idle = instance;
  }
}
