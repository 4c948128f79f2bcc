import type { Edit } from "../load-subject.ts";
import type { JobName } from "../simulate.ts";

/** A mistake that somebody could have made, as a change of the application that is loaded by the simulator alone. */
export interface PlantedBug {
  name: string;
  /** What is wrong, and what of the platform brings it to light. */
  about: string;
  edits: readonly Edit[];
  /** Whose clients are busy while it is looked for. */
  job: JobName;
}
