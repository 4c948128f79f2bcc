import type { Clock } from "./time.ts";

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Of a request that may come again: what it creates has the same id each time. */
export interface Once {
  /** When it came first. */
  at: number;
  /** Of whose request it is and its key, in hexadecimal: at least 32 digits. */
  digest: string;
}

/** A UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits, so that ids sort by time. */
export function uuidv7(clock: Clock): string {
  return uuidOf(clock.now(), crypto.getRandomValues(new Uint8Array(16)));
}

function uuidOf(now: number, bytes: Uint8Array): string {
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  let text = "";
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += "-";
    text += HEX[bytes[i]];
  }
  return text;
}

/** When an id of `newId` was made, in milliseconds since the epoch; `null` for one of another kind. */
export function timeOfId(id: string): number | null {
  const [, time] = /^[a-z]+_([0-9a-f]{12})7[0-9a-f]{19}/.exec(id) ?? [];
  return time === undefined ? null : Number.parseInt(time, 16);
}

/** A prefixed, time-ordered id such as `org_0192…`. */
export function newId(prefix: string, clock: Clock): string {
  return `${prefix}_${uuidv7(clock).replaceAll("-", "")}`;
}

/** `newId`, or where the request has a key the id that it has each time. */
export function newIdOnce(
  prefix: string,
  { clock, once }: { clock: Clock; once?: Once | undefined },
): string {
  if (once === undefined) return newId(prefix, clock);
  const bytes = Uint8Array.from({ length: 16 }, (_, i) =>
    Number.parseInt(once.digest.slice(2 * i, 2 * i + 2), 16),
  );
  return `${prefix}_${uuidOf(once.at, bytes).replaceAll("-", "")}`;
}

/** What no id of `newId` made at `time` or later is less than; ids made earlier are. */
export function firstIdAt(prefix: string, time: number): string {
  return `${prefix}_${Math.max(0, Math.floor(time)).toString(16).padStart(12, "0")}`;
}
