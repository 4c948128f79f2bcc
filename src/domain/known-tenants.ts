import { fnv1a } from "./digest.ts";

const MOST = 4_096;

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
