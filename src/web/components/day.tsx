const FORMAT = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A day in UTC, by milliseconds since the epoch. */
export function Day({ at }: { at: number }) {
  return <time datetime={new Date(at).toISOString()}>{FORMAT.format(at)}</time>;
}
