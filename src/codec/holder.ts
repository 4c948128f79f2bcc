import type { CodecInstance } from "./instance.ts";

/** What one isolate keeps of the codec between images. Values only: jobs that wait for memory look at these numbers. */
export class CodecHolder {
  /** An instance that has done its work and may do more. */
  idle: CodecInstance | null = null;
  /** What the jobs under way may hold, in bytes. */
  reservedBytes = 0;
  /** Jobs that wait for memory, in the order of their coming: ticket numbers. */
  waiting: number[] = [];
  lastTicket = 0;
}
