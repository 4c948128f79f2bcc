import { assign, userSubject } from "../../domain/experiment-assignment.ts";

/** As what these experiments know a user by the organisation's own id; whatever their arm. */
export function unitsOf(
  experiments: readonly { number: number; salt: string }[],
  userId: string,
): [experiment: number, unit: string][] {
  return experiments.map(({ number, salt }) => [
    number,
    assign({ salt, share: 0.5 }, userSubject(userId)).unit,
  ]);
}
