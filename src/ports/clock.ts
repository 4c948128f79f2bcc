export type { Clock } from "../domain/time.ts";
