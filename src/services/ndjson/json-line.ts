const MAX_DETAIL = 500;

export type LineFault = "invalid_json" | "invalid_utf8" | "line_too_long";

export type JsonLine =
  | { kind: "blank" }
  | { kind: "value"; value: unknown }
  | { kind: "rejected"; code: LineFault; detail: string };

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The JSON of one line of NDJSON; `null` stands for a line over the limit of `maxBytes`. */
export function readJsonLine(bytes: Uint8Array | null, maxBytes: number): JsonLine {
  if (bytes === null) return refused("line_too_long", `The line is over the limit of ${maxBytes} bytes`);
  const text = decode(bytes);
  if (text === null) return refused("invalid_utf8", "The line is not valid UTF-8");
  if (text.trim() === "") return { kind: "blank" };
  try {
    return { kind: "value", value: JSON.parse(text) as unknown };
  } catch (error) {
    return refused("invalid_json", error instanceof Error ? error.message : "The line is not JSON");
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** What is wrong with a line, short and well-formed enough to be told. */
export function refused<C extends string>(
  code: C,
  detail: string,
): { kind: "rejected"; code: C; detail: string } {
  const wellFormed = detail.toWellFormed();
  const isShort = wellFormed.length <= MAX_DETAIL;
  return {
    kind: "rejected",
    code,
    detail: isShort ? wellFormed : `${wellFormed.slice(0, MAX_DETAIL)}…`.toWellFormed(),
  };
}
