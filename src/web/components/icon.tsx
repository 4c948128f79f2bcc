const PATHS = {
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm4.7 11.2L20 20",
  close: "M6 6l12 12M18 6 6 18",
  filter: "M4 7h10m4 0h2M4 17h2m4 0h10M16 5v4M8 15v4",
  arrow: "M5 12h14m-6-6 6 6-6 6",
  back: "M19 12H5m6 6-6-6 6-6",
  chevron: "m9 6 6 6-6 6",
  window: "M5 20V11a7 7 0 0 1 14 0v9M3.5 20h17M12 4v16M5 12.5h14",
  check: "m5 12.5 4.5 4.5L19 7.5",
  down: "m7 10 5 5 5-5",
  person: "M12 4.5a3.75 3.75 0 1 1 0 7.5 3.75 3.75 0 0 1 0-7.5ZM4.5 20a7.5 7.5 0 0 1 15 0",
  people:
    "M9 5a3.25 3.25 0 1 1 0 6.5A3.25 3.25 0 0 1 9 5ZM2.75 19a6.25 6.25 0 0 1 12.5 0M15.5 5.3a3.25 3.25 0 0 1 0 5.9m2 2.9A6.25 6.25 0 0 1 21.25 19",
  list: "M8.5 6.5H20m-11.5 5.5H20m-11.5 5.5H20M4 6.5h.5M4 12h.5m-.5 5.5h.5",
  leave: "M10 5H5.5v14H10m4.5-10.5L18 12l-3.5 3.5M18 12H10",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Zm9.5-2.75a2.75 2.75 0 1 1 0 5.5 2.75 2.75 0 0 1 0-5.5Z",
  copy: "M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9",
  warning: "M12 4 2.75 20h18.5zm0 6v4.75m0 2.5v.25",
  key: "M8.5 11.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm2.9 1.1L20 4m-3 3 2.5 2.5M14 10l2 2",
  mail: "M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5",
  plus: "M12 5v14M5 12h14",
  hook: "M14 4.5a2.25 2.25 0 1 1 0 4.5 2.25 2.25 0 0 1 0-4.5ZM14 9v6.5a4.5 4.5 0 0 1-9 0V13l-2 2.5m2-2.5 2.5 2",
  upload: "M12 15.5V4.5m-4.5 4.5L12 4.5 16.5 9M4.5 15v4.5h15V15",
  picture: "M4 5h16v14H4zM4 16.5l5-5 4 4 2.5-2.5L20 17.5M15.25 8.25a1 1 0 1 1 0 2 1 1 0 0 1 0-2Z",
  heart:
    "M12 20.25 4.7 12.9a4.6 4.6 0 0 1 0-6.55 4.6 4.6 0 0 1 6.5 0l.8.8.8-.8a4.6 4.6 0 0 1 6.5 0 4.6 4.6 0 0 1 0 6.55Z",
  comment: "M4 5.5h16v11h-8.5L7 20v-3.5H4Z",
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative line icon of 24 × 24; the control that holds it carries the words. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
