/**
 * The last date that belongs to a range which ends at `to`: a date itself, or the date a minute before the instant (not in
 * the range) as its own offset has it.
 */
export function lastDate(to: string): string {
  const wall = to.slice(0, 16);
  return to.length === 10 ? to : new Date(Date.parse(`${wall}Z`) - 60_000).toISOString().slice(0, 10);
}
