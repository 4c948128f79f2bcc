import type { Kind } from "../mixed/mix.ts";
import { pickIndex } from "../random.ts";
import type { Random } from "../random.ts";

/** As many as there are people who are signed in, roughly. */
export const VISITORS = 250;
/** The whole of 127.0.0.0/8 is this machine there. */
const HAS_ADDRESSES = process.platform === "linux";

function isAnonymous(headers: Readonly<Record<string, string>>): boolean {
  return !Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
}

/** What nobody signs comes from many addresses, as visitors do; from one they would be one client, and share what one gets. */
export function fromVisitors(kinds: readonly Kind[], random: Random): Kind[] {
  if (!HAS_ADDRESSES) return [...kinds];
  return kinds.map((kind) => ({
    ...kind,
    next: () => {
      const asked = kind.next();
      return isAnonymous(asked.headers)
        ? { ...asked, from: `127.0.1.${1 + pickIndex(random, VISITORS)}` }
        : asked;
    },
  }));
}
