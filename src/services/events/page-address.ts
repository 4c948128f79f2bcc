import { EventFault, readOptional, readText } from "./event-fields.ts";

const MAX_PATH = 1_024;
/** An address comes with its query, which is dropped. */
const MAX_ADDRESS = 8_192;
const MAX_HOST = 255;
const WEB = /^https?:\/\//i;

/** A path without query and fragment; of a whole address, its path alone. */
export function readPath(value: unknown): string | null {
  const text = readOptional(value, "path", MAX_ADDRESS, "invalid_path");
  if (text === null) return null;
  const path = (WEB.test(text) ? urlOf(text, "invalid_path").pathname : text).replace(/[?#].*$/s, "").trim();
  return path === "" ? null : readText(path, "path", MAX_PATH, "invalid_path");
}

/** The host, in small letters, of an address or a host. */
export function readReferrer(value: unknown): string | null {
  const text = readOptional(value, "referrer", MAX_ADDRESS, "invalid_referrer")?.trim();
  if (text === undefined) return null;
  const { hostname } = urlOf(
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`,
    "invalid_referrer",
  );
  const host = hostname.toLowerCase();
  if (host === "") throw new EventFault("invalid_referrer", "The referrer names no host");
  return readText(host, "referrer's host", MAX_HOST, "invalid_referrer");
}

function urlOf(text: string, code: "invalid_path" | "invalid_referrer"): URL {
  try {
    return new URL(text);
  } catch {
    throw new EventFault(
      code,
      `Expected an address, not ${JSON.stringify(text.slice(0, 80).toWellFormed())}`,
    );
  }
}
