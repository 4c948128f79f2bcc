import { AppError } from "../../domain/errors.ts";
import { fileHeader } from "./sniff.ts";
import { type FileHeader, FORMAT_NAMES, type Step, type Steps, unsupported } from "./steps.ts";
import type { ImageFormat } from "../../domain/image.ts";

/** Metadata in front of the image's own header: more than any camera writes. */
const MAX_HEADER_BYTES = 16 * 1_048_576;
/** Segments and blocks in front of it: many are as slow as long ones. */
const MAX_STEPS = 100_000;

/** Finds a file's header in chunks of any size, holding at most a few hundred bytes. */
export class HeaderParser {
  readonly #steps: Steps<FileHeader>;
  readonly #noteFormat = (format: ImageFormat): void => void (this.#format = format);
  #format: ImageFormat | null = null;
  #step: Step;
  /** Bytes that are peeked at, or are too few for the step. */
  #held = new Uint8Array(64);
  #heldLength = 0;
  #readBytes = 0;
  #stepCount = 0;
  #header: FileHeader | null = null;

  constructor() {
    this.#steps = fileHeader(this.#noteFormat);
    this.#step = this.#first();
  }

  /** What is known after `chunk`; the header once it is there. Throws an `AppError` for a file that is not taken. */
  feed(chunk: Uint8Array): FileHeader | null {
    if (this.#header !== null) return this.#header;
    this.#readBytes += chunk.length;
    let rest = chunk;
    for (;;) {
      const left = this.#pass(rest);
      if (left === null) break;
      rest = left;
      if (this.#advance()) return this.#header;
    }
    if (this.#readBytes > MAX_HEADER_BYTES) throw this.#tooLong();
    return null;
  }

  /** The file is over, without a header: throws `not_an_image` or `image_truncated`. */
  end(): never {
    // Who peeks is content with what there is.
    while (this.#step.kind === "peek") this.#advance();
    if (this.#format === null) {
      throw new AppError("not_an_image", "The file is too short to be an image");
    }
    throw new AppError("image_truncated", `The ${FORMAT_NAMES[this.#format]} ends within its header`);
  }

  #first(): Step {
    const first = this.#steps.next();
    // Sound: no parser ends before its first step.
    return first.done === true ? { kind: "skip", bytes: 0 } : first.value;
  }

  /** Gives `chunk` to the present step; what is left of it when the step is done, `null` where it wants more. */
  #pass(chunk: Uint8Array): Uint8Array | null {
    const step = this.#step;
    if (step.kind === "skip") return this.#skip(step, chunk);
    if (step.kind === "seek") return this.#seek(step.byte, chunk);
    const wanted = Math.max(0, step.bytes - this.#heldLength);
    const piece = chunk.subarray(0, wanted);
    this.#hold(piece);
    return piece.length === wanted ? chunk.subarray(wanted) : null;
  }

  #skip(step: { bytes: number }, chunk: Uint8Array): Uint8Array | null {
    const ofHeld = Math.min(step.bytes, this.#heldLength);
    this.#drop(ofHeld);
    const ofChunk = Math.min(step.bytes - ofHeld, chunk.length);
    step.bytes -= ofHeld + ofChunk;
    return step.bytes === 0 ? chunk.subarray(ofChunk) : null;
  }

  #seek(byte: number, chunk: Uint8Array): Uint8Array | null {
    const inHeld = this.#held.subarray(0, this.#heldLength).indexOf(byte);
    if (inHeld >= 0) {
      this.#drop(inHeld + 1);
      return chunk;
    }
    this.#heldLength = 0;
    const at = chunk.indexOf(byte);
    return at < 0 ? null : chunk.subarray(at + 1);
  }

  #hold(piece: Uint8Array): void {
    if (this.#heldLength + piece.length > this.#held.length) {
      const larger = new Uint8Array(2 * (this.#heldLength + piece.length));
      larger.set(this.#held.subarray(0, this.#heldLength));
      this.#held = larger;
    }
    this.#held.set(piece, this.#heldLength);
    this.#heldLength += piece.length;
  }

  #drop(bytes: number): void {
    this.#held.copyWithin(0, bytes, this.#heldLength);
    this.#heldLength -= bytes;
  }

  /** Answers the present step; `true` when the header is there. */
  #advance(): boolean {
    if (++this.#stepCount > MAX_STEPS) throw this.#tooLong();
    const step = this.#step;
    const length = step.kind === "peek" || step.kind === "take" ? step.bytes : 0;
    const bytes = this.#held.slice(0, Math.min(length, this.#heldLength));
    if (step.kind === "take") this.#drop(bytes.length);
    const next = this.#steps.next(new DataView(bytes.buffer));
    if (next.done === true) {
      this.#header = next.value;
      return true;
    }
    this.#step = next.value;
    return false;
  }

  #tooLong(): AppError {
    return unsupported(this.#format ?? "jpeg", "too much stands in front of its header");
  }
}
