/** One file of drizzle/, split at its breakpoints. */
export interface Migration {
  tag: string;
  /** `when` of drizzle's journal, in milliseconds since the epoch. */
  createdAt: number;
  /** SHA-256 of the file, in hexadecimal. */
  hash: string;
  statements: readonly string[];
}
