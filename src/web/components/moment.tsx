const FORMAT = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

/** A day and time in UTC, by milliseconds since the epoch. */
export function Moment({ at }: { at: number }) {
  return <time datetime={new Date(at).toISOString()}>{FORMAT.format(at)} UTC</time>;
}
