/** What signs and seals, and what was signed and sealed by before it: a rotation ends nothing that was given out. */
export interface Secrets {
  /** Signs and seals; at least 32 characters. */
  secret: string;
  /** Only verify and unseal, the newest first. */
  previousSecrets: readonly string[];
}

/** In the order in which they are tried. */
export function allSecrets({ secret, previousSecrets }: Secrets): readonly string[] {
  return [secret, ...previousSecrets];
}
