/** Milliseconds since the epoch, UTC. */
export interface Clock {
  now(): number;
}

const DAY_MS = 86_400_000;
const YEAR_10000 = Date.UTC(10_000, 0);
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

/** `2026-11-20` of days since the epoch, none before it. Counted in eras of 400 years that begin on 1 March, leap days last. */
function dateOf(day: number): string {
  const sinceMarch0 = day + 719_468;
  const era = Math.floor(sinceMarch0 / 146_097);
  const ofEra = sinceMarch0 - era * 146_097;
  const leapDays = Math.floor(ofEra / 1_460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096);
  const year = Math.floor((ofEra - leapDays) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const ofMonth = ofYear - Math.floor((153 * march + 2) / 5) + 1;
  const isNextYear = march >= 10;
  const calendarYear = era * 400 + year + (isNextYear ? 1 : 0);
  return `${calendarYear}-${TWO_DIGITS[march + (isNextYear ? -9 : 3)]}-${TWO_DIGITS[ofMonth]}`;
}

/** As `toISOString` has it, in half its time: a page writes up to a hundred. */
export function toRfc3339(ms: number): string {
  if (!(ms >= 0 && ms < YEAR_10000)) return new Date(ms).toISOString();
  const day = Math.floor(ms / DAY_MS);
  const ofDay = Math.floor(ms) - day * DAY_MS;
  const seconds = Math.floor(ofDay / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const clock = `${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes - hours * 60]}:${TWO_DIGITS[seconds - minutes * 60]}`;
  return `${dateOf(day)}T${clock}.${String(ofDay - seconds * 1_000).padStart(3, "0")}Z`;
}

export function rfc3339OrNull(ms: number | null): string | null {
  return ms === null ? null : toRfc3339(ms);
}
