import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url } from "./base64url.ts";
import type { Arm, RunningExperiment } from "./experiment.ts";

const UNIT_BYTES = 12;
const encoder = new TextEncoder();

export interface Assignment {
  /** A digest of who or what the unit is, which tells nothing without the experiment's salt. */
  unit: string;
  arm: Arm;
}

/**
 * The arm of a unit: always the same one, in every isolate and after a rotation of secrets, since it is a
 * function of the experiment's salt and the unit alone. Of the HMAC-SHA-256 of both, the first 48 bits as a fraction decide the arm and the next 96 name the unit, so that the split is
 * uniform, and independent of every other experiment's.
 */
export function assign(
  { salt, share }: Pick<RunningExperiment, "salt" | "share">,
  subject: string,
): Assignment {
  const digest = hmac(sha256, encoder.encode(salt), encoder.encode(subject));
  let drawn = 0;
  for (let i = 0; i < 6; i++) drawn = drawn * 256 + digest[i];
  const arm = drawn < share * 2 ** 48 ? "treatment" : "control";
  return { unit: toBase64Url(digest.subarray(6, 6 + UNIT_BYTES)), arm };
}

/** A person or browser as the experiments of a scope know it. */
export function userSubject(id: string): string {
  return `user:${id}`;
}

/** What is asked, however it is typed: case, width of characters and spaces do not count. */
export function querySubject(query: string): string {
  return `query:${query.normalize("NFKC").toLowerCase().trim().replaceAll(/\s+/g, " ")}`;
}
