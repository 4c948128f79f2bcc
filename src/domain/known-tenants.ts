const MOST = 4_096;

/** FNV-1a: two credentials that meet in it share their room, and nothing else. */
function hashOf(credential: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < credential.length; i++)
    hash = Math.imul(hash ^ credential.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/**
 * Whose a credential has turned out to be, so that the next request's tenant is known before anything is looked up. What is
 * made up is never known here, and counts with its sender's address.
 */
export class KnownTenants {
  readonly #tenants = new Map<number, string>();

  of(credential: string): string | undefined {
    return this.#tenants.get(hashOf(credential));
  }

  remember(credential: string, tenant: string): void {
    const hash = hashOf(credential);
    if (this.#tenants.get(hash) === tenant) return;
    this.#tenants.delete(hash);
    this.#tenants.set(hash, tenant);
    for (const oldest of this.#tenants.keys()) {
      if (this.#tenants.size <= MOST) return;
      this.#tenants.delete(oldest);
    }
  }

  forget(credential: string): void {
    this.#tenants.delete(hashOf(credential));
  }
}
