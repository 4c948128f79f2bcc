import { AppError } from "../../domain/errors.ts";
import type { ByteReader } from "./byte-reader.ts";

/** How slowly a body may come; times in milliseconds. */
export interface BodyPace {
  /** Without a byte. */
  idleMs: number;
  /** On the whole, once `graceMs` have passed since the first was asked for. */
  bytesPerSecond: number;
  graceMs: number;
}

/** A bad mobile connection sends some thousand bytes a second; who sends less holds a request open for its own sake. */
export const BODY_PACE: BodyPace = { idleMs: 30_000, bytesPerSecond: 1_000, graceMs: 30_000 };

type Reader = Pick<ByteReader, "read" | "cancel">;

function tooSlow(seen: number, ms: number): AppError {
  return new AppError(
    "body_too_slow",
    `The body came too slowly: ${seen} bytes in ${Math.round(ms / 1_000)} s`,
  );
}

/** The same reader, whose `read` throws `body_too_slow` where the next bytes do not come in time. */
export function paced(reader: Reader, pace: BodyPace = BODY_PACE): ByteReader {
  let [seen, started] = [0, 0];
  const left = (elapsed: number): number => {
    const allowed = Math.max(pace.graceMs, ((seen + 1) / pace.bytesPerSecond) * 1_000);
    return Math.min(pace.idleMs, allowed - elapsed);
  };
  const read = async (): ReturnType<ByteReader["read"]> => {
    const now = performance.now();
    if (started === 0) started = now;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(tooSlow(seen, performance.now() - started)), left(now - started));
    try {
      const next = await Promise.race([reader.read(), late]);
      seen += next.value?.byteLength ?? 0;
      return next;
    } finally {
      clearTimeout(timer);
    }
  };
  return { read, cancel: () => reader.cancel() };
}
