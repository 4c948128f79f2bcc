/** Work that goes on after the response (waitUntil). The platform may cancel it: nothing correct may depend on it. */
export interface Lifetime {
  defer(work: Promise<unknown>): void;
}
