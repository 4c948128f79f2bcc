/** The form of the ids of `newId`, with a number in place of the random digits: `createdAt` in milliseconds, then `number`. */
export function numberedId(prefix: string, createdAt: number, number: number): string {
  return `${prefix}_${createdAt.toString(16).padStart(12, "0")}70008${number.toString(16).padStart(15, "0")}`;
}

/** The number of a `numberedId`. */
export function numberOf(id: string): number {
  return Number.parseInt(id.slice(-15), 16);
}

/** Persons' ids need no order, and are known by their number alone. */
export function userIdOf(number: number): string {
  return numberedId("usr", 1_600_000_000_000, number);
}

/** Ids sort by time, then by number. */
export function postIdOf(number: number, createdAt: number): string {
  return numberedId("post", createdAt, number);
}

export function commentIdOf(number: number, createdAt: number): string {
  return numberedId("comment", createdAt, number);
}
