import type { WireImage } from "../upload/wire.ts";

/** What stops all uploads from going on, and passes. */
export type Hold = "signed-out" | "other-person" | "waiting" | "offline";

/** Why one file was not taken: a code of `web/upload/problems.ts`. */
export class SendFailure extends Error {
  override readonly name = "SendFailure";
  readonly code: string;
  /** As the service asked, for what passes by waiting. */
  readonly retryAfterSeconds: number | null;

  constructor(code: string, detail = "", retryAfterSeconds: number | null = null) {
    super(detail);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type UploadState =
  | { kind: "waiting" }
  /** `share` of the bytes are sent, from 0 to 1. */
  | { kind: "sending"; share: number }
  /** The service has it. */
  | { kind: "taken"; image: WireImage }
  | { kind: "failed"; code: string; detail: string }
  | { kind: "cancelled" };

export interface Upload {
  readonly file: File;
  state: UploadState;
}

export interface Sending {
  signal: AbortSignal;
  onShare: (share: number) => void;
}

export interface QueueOptions {
  /** Rejects with `SendFailure`, or anything once aborted. */
  send: (file: File, sending: Sending) => Promise<WireImage>;
  onChange: (upload: Upload) => void;
  onHold: (hold: Hold | null) => void;
  isOnline: () => boolean;
}

const MAX_AT_ONCE = 4;
const MAX_PASSING = 3;
const STANDARD_WAIT_SECONDS = 5;

/** Sends files, a few at once, in their order. What passes holds all of them, and none is lost by it. */
export class UploadQueue {
  readonly uploads: Upload[] = [];
  readonly #options: QueueOptions;
  readonly #sending = new Map<Upload, AbortController>();
  /** How often a file met what should pass. */
  readonly #setbacks = new Map<Upload, number>();
  #hold: Hold | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  get hold(): Hold | null {
    return this.#hold;
  }

  add(files: readonly File[]): Upload[] {
    const added = files.map((file): Upload => ({ file, state: { kind: "waiting" } }));
    this.uploads.push(...added);
    queueMicrotask(() => this.#next());
    return added;
  }

  /** What is waiting or under way is not sent; what the service has already stays there. */
  cancel(upload: Upload): void {
    if (upload.state.kind !== "waiting" && upload.state.kind !== "sending") return;
    this.#set(upload, { kind: "cancelled" });
    this.#sending.get(upload)?.abort();
    this.#next();
  }

  retry(upload: Upload): void {
    this.#setbacks.delete(upload);
    this.#set(upload, { kind: "waiting" });
    this.#next();
  }

  forget(upload: Upload): void {
    this.uploads.splice(this.uploads.indexOf(upload), 1);
  }

  /** Stops what has not begun; what is under way goes on. */
  holdBy(hold: Hold): void {
    clearTimeout(this.#timer);
    this.#hold = hold;
    this.#options.onHold(hold);
  }

  /** Goes on after whatever held it. */
  resume(): void {
    clearTimeout(this.#timer);
    this.#hold = null;
    this.#options.onHold(null);
    this.#next();
  }

  #next(): void {
    while (this.#hold === null && this.#sending.size < MAX_AT_ONCE) {
      const upload = this.uploads.find(({ state }) => state.kind === "waiting");
      if (upload === undefined) return;
      void this.#run(upload);
    }
  }

  async #run(upload: Upload): Promise<void> {
    const abort = new AbortController();
    this.#sending.set(upload, abort);
    this.#set(upload, { kind: "sending", share: 0 });
    const onShare = (share: number): void => {
      if (!abort.signal.aborted) this.#set(upload, { kind: "sending", share });
    };
    try {
      const image = await this.#options.send(upload.file, { signal: abort.signal, onShare });
      if (!abort.signal.aborted) this.#set(upload, { kind: "taken", image });
    } catch (error) {
      if (!abort.signal.aborted) this.#meet(upload, error);
    }
    // After a cancellation a retry may be under way already.
    if (this.#sending.get(upload) === abort) this.#sending.delete(upload);
    this.#next();
  }

  #meet(upload: Upload, error: unknown): void {
    const failure = error instanceof SendFailure ? error : new SendFailure("internal", String(error));
    const hold = this.#holdOf(failure);
    const setbacks = (this.#setbacks.get(upload) ?? 0) + 1;
    this.#setbacks.set(upload, setbacks);
    // A service that stays away is told of, file by file; a limit of requests passes for certain.
    if (hold === null || (failure.code === "unavailable" && setbacks > MAX_PASSING)) {
      this.#set(upload, { kind: "failed", code: failure.code, detail: failure.message });
      return;
    }
    this.#set(upload, { kind: "waiting" });
    if (this.#hold === "signed-out" || this.#hold === "other-person") return;
    this.holdBy(hold);
    if (hold !== "waiting") return;
    const seconds = failure.retryAfterSeconds ?? STANDARD_WAIT_SECONDS;
    this.#timer = setTimeout(() => this.resume(), seconds * 1_000);
  }

  #holdOf({ code }: SendFailure): Hold | null {
    if (code === "unauthorized") return "signed-out";
    if (code === "rate_limited" || code === "unavailable") return "waiting";
    return code === "network" && !this.#options.isOnline() ? "offline" : null;
  }

  #set(upload: Upload, state: UploadState): void {
    upload.state = state;
    this.#options.onChange(upload);
  }
}
