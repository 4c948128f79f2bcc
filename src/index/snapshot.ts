/** The index at one version, as a value that never changes. */
export interface IndexSnapshot {
  readonly version: string;
  /** Products that can be found. */
  readonly liveCount: number;
}
