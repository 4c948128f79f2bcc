import { randomUUID } from "node:crypto";
import { Connection } from "./connection.ts";
import type { SchemaEpoch } from "./connection.ts";
import { HranaError } from "./protocol.ts";
import type { WriteQueue } from "./write-queue.ts";

const MAX_IDLE = 64;

/** A connection and the SQL texts its client stored. */
export interface Stream {
  connection: Connection;
  texts: Map<number, string>;
}

interface Parked {
  stream: Stream;
  timer: NodeJS.Timeout;
}

/** Streams between two requests, found by their baton, and the connections of closed ones, kept for the next. */
export class Streams {
  readonly #file: string;
  readonly #ttlMs: number;
  readonly #queue: WriteQueue;
  readonly #epoch: SchemaEpoch = { value: 0 };
  readonly #idle: Connection[] = [];
  readonly #parked = new Map<string, Parked>();

  constructor(file: string, ttlMs: number, queue: WriteQueue) {
    this.#file = file;
    this.#ttlMs = ttlMs;
    this.#queue = queue;
  }

  /** The stream of `baton`, or a new one; a baton is good once and for as long as an idle stream lives. */
  take(baton: string | null | undefined): Stream {
    if (baton === null || baton === undefined) {
      return { connection: this.#idle.pop() ?? new Connection(this.#file, this.#epoch), texts: new Map() };
    }
    const parked = this.#parked.get(baton);
    if (parked === undefined) {
      throw new HranaError("The stream has expired or the baton is not valid", "STREAM_EXPIRED");
    }
    clearTimeout(parked.timer);
    this.#parked.delete(baton);
    return parked.stream;
  }

  /** Keeps a stream until its next request; returns the baton. */
  park(stream: Stream): string {
    const baton = randomUUID();
    const expire = (): void => {
      this.#parked.delete(baton);
      this.release(stream);
    };
    this.#parked.set(baton, { stream, timer: setTimeout(expire, this.#ttlMs) });
    return baton;
  }

  release({ connection }: Stream): void {
    connection.rollback();
    this.#queue.wake();
    if (this.#idle.length < MAX_IDLE) this.#idle.push(connection);
    else connection.close();
  }

  close(): void {
    for (const { stream, timer } of this.#parked.values()) {
      clearTimeout(timer);
      stream.connection.rollback();
      stream.connection.close();
    }
    for (const connection of this.#idle) connection.close();
  }
}
