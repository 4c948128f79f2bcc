const PATHS = {
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm4.7 11.2L20 20",
  close: "M6 6l12 12M18 6 6 18",
  filter: "M4 7h10m4 0h2M4 17h2m4 0h10M16 5v4M8 15v4",
  arrow: "M5 12h14m-6-6 6 6-6 6",
  back: "M19 12H5m6 6-6-6 6-6",
  chevron: "m9 6 6 6-6 6",
  window: "M5 20V11a7 7 0 0 1 14 0v9M3.5 20h17M12 4v16M5 12.5h14",
  check: "m5 12.5 4.5 4.5L19 7.5",
} as const;

/** A decorative line icon of 24 × 24; the control that holds it carries the words. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
