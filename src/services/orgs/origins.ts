import { AppError } from "../../domain/errors.ts";
import type { FieldError } from "../../domain/errors.ts";
import { MAX_ORIGINS } from "./limits.ts";

const MAX_LENGTH = 300;

function isLocal(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "127.0.0.1" ||
    hostname === "[::1]"
  );
}

/** As a browser writes it in `Origin`, or what is wrong with it. */
function parseOrigin(given: string): { origin: string } | { message: string } {
  if (given.length > MAX_LENGTH || !URL.canParse(given))
    return { message: 'Expected an origin such as "https://shop.example"' };
  const url = new URL(given);
  const isBare = url.pathname === "/" && url.search === "" && url.hash === "" && !/[?#\\]/.test(given);
  if (!isBare || url.username !== "" || url.password !== "")
    return { message: "Expected scheme, host and port alone, without path" };
  if (url.hostname.includes("*")) return { message: "Expected one host, without wildcards" };
  if (url.protocol === "https:" || (url.protocol === "http:" && isLocal(url.hostname)))
    return { origin: url.origin };
  return { message: "Expected https, or http for localhost" };
}

/** Distinct origins, normalised. Throws `invalid_input` that names each bad one. */
export function requireOrigins(given: readonly string[]): string[] {
  const parsed = given.map(parseOrigin);
  const errors = parsed.flatMap((one, i): FieldError[] =>
    "message" in one ? [{ path: `origins.${i}`, message: one.message }] : [],
  );
  const origins = [...new Set(parsed.flatMap((one) => ("origin" in one ? [one.origin] : [])))];
  if (errors.length === 0 && (origins.length === 0 || given.length > MAX_ORIGINS))
    errors.push({ path: "origins", message: `Expected 1 to ${MAX_ORIGINS} origins` });
  if (errors.length === 0) return origins;
  throw new AppError("invalid_input", { detail: `The origins are not valid: ${errors[0].message}`, errors });
}
