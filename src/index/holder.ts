import type { IndexSnapshot } from "./snapshot.ts";

/** What one isolate knows of the index: a value that is swapped as a whole, `null` before the first load. */
export class IndexHolder {
  snapshot: IndexSnapshot | null = null;
}
