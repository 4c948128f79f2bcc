const WHOLE = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});
const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });
const OLD_DAY = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `just now`, `5 min`, `3 h`, `2 d`, and from a week on the day, in UTC. Times are milliseconds since the epoch. */
export function agoText(at: number, now: number): string {
  const age = now - at;
  if (age < MINUTE_MS) return "just now";
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min`;
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)} h`;
  if (age < 7 * DAY_MS) return `${Math.floor(age / DAY_MS)} d`;
  const isThisYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
  return (isThisYear ? DAY : OLD_DAY).format(at);
}

/** How long ago something was written, with the whole time as its title; `at` as RFC 3339. */
export function When({ at, now }: { at: string; now: number }) {
  const ms = Date.parse(at);
  return (
    <time datetime={at} title={`${WHOLE.format(ms)} UTC`} data-ago="">
      {agoText(ms, now)}
    </time>
  );
}
