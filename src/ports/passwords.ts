/** Slow, salted hashes of passwords, by the platform's own implementation where it has one. */
export interface Passwords {
  /** A self-describing text: algorithm, parameters, salt and hash. */
  hash(password: string): Promise<string>;
  /** `false` for a wrong password and for a hash that this deployment cannot read. */
  verify(password: string, hash: string): Promise<boolean>;
}
