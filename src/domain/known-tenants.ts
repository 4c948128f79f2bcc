import { fnv1a } from "./digest.ts";

const MOST = 4_096;

/** Who must know what is the matter while there is no room for others. */
export const OPERATOR = "operator";

const ORGANISATION = "org:";
/** An organisation is the people who work for it, and its servers. */
const WEIGHT_OF_ORGANISATION = 16;

export function organisation(id: string): string {
  return `${ORGANISATION}${id}`;
}

export function person(id: string): string {
  return `user:${id}`;
}

/** As many tenants it counts for. */
export function weightOf(tenant: string): number {
  return tenant.startsWith(ORGANISATION) ? WEIGHT_OF_ORGANISATION : 1;
}

/**
 * Whose a credential has turned out to be, so that the next request's tenant is known before anything is looked up. What is
 * made up is never known here, and counts with its sender's address.
 */
export class KnownTenants {
  /** By a short digest: two credentials that meet in it share their room, and nothing else. */
  readonly #tenants = new Map<number, string>();

  of(credential: string): string | undefined {
    return this.#tenants.get(fnv1a(credential));
  }

  remember(credential: string, tenant: string): void {
    const hash = fnv1a(credential);
    if (this.#tenants.get(hash) === tenant) return;
    this.#tenants.delete(hash);
    this.#tenants.set(hash, tenant);
    for (const oldest of this.#tenants.keys()) {
      if (this.#tenants.size <= MOST) return;
      this.#tenants.delete(oldest);
    }
  }

  forget(credential: string): void {
    this.#tenants.delete(fnv1a(credential));
  }
}
