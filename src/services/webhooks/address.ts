import type { Config } from "../../config.ts";
import { AppError } from "../../domain/errors.ts";
import { isPublicAddress } from "./ip-address.ts";
import { MAX_ADDRESS } from "./limits.ts";

type Environment = Config["environment"];

const LOCAL_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** Names that lead into a private network, or nowhere. */
const PRIVATE_NAME =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|svc|arpa|onion|invalid)$/;
const FIRST_FREE_PORT = 1_024;

/** What is wrong with a receiver's address; `null` where messages may be sent there. */
export function problemOfAddress(given: string, environment: Environment): string | null {
  if (given.length > MAX_ADDRESS) return `Expected at most ${MAX_ADDRESS} characters`;
  if (/[\s\\\p{Cc}]/u.test(given) || !given.isWellFormed() || !URL.canParse(given))
    return 'Expected an address such as "https://shop.example/hooks"';
  const url = new URL(given);
  if (url.href.length > MAX_ADDRESS) return `Expected at most ${MAX_ADDRESS} characters`;
  if (url.username !== "" || url.password !== "") return "Expected no name or password in the address";
  if (url.hash !== "") return "Expected no fragment: it is never sent";
  if (environment !== "production" && isLocal(url)) return null;
  if (url.protocol !== "https:") return "Expected https";
  const port = url.port === "" ? 443 : Number(url.port);
  if (port !== 443 && port < FIRST_FREE_PORT)
    return `Expected port 443 or one from ${FIRST_FREE_PORT}, not ${port}`;
  return problemOfHost(url.hostname);
}

function isLocal({ protocol, hostname }: URL): boolean {
  return (protocol === "http:" || protocol === "https:") && LOCAL_NAMES.has(hostname);
}

/** `URL` has written IPv4 addresses of any spelling as four decimal numbers, and names in lower case. */
function problemOfHost(hostname: string): string | null {
  const isPublic = isPublicAddress(hostname);
  if (isPublic === true) return null;
  if (isPublic === false) return `"${hostname}" is not a public address`;
  const name = hostname.replace(/\.$/, "");
  if (!name.includes(".") || PRIVATE_NAME.test(name)) return `"${hostname}" is not a public name`;
  return null;
}

/** The address as it is sent to. Throws `invalid_input` that says what is wrong with `url`. */
export function requireAddress(given: string, environment: Environment): string {
  const message = problemOfAddress(given, environment);
  if (message === null) return new URL(given).href;
  const errors = [{ path: "url", message }];
  throw new AppError("invalid_input", { detail: `The webhook's address is not valid: ${message}`, errors });
}
