import type { Memory } from "../processes.ts";
import type { ImageResult } from "./images.ts";
import type { Job } from "./rivals.ts";
import type { Result } from "./rounds.ts";

export interface ServerMemory extends Memory {
  job: Job;
  name: string;
}

export interface Comparison {
  results: Result[];
  images: ImageResult[];
  memory: ServerMemory[];
  /** Who was left out, and why. */
  absent: string[];
}
