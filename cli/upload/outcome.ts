import type { FoundFile } from "./find-files.ts";

/** What became of one file. */
export interface Outcome {
  file: FoundFile;
  status: "queued" | "processing" | "ready" | "failed";
  /** Whether the service had these bytes before, so that nothing was sent. */
  isKnown: boolean;
  /** As the API tells of it; `null` where it was refused. */
  image: Readonly<Record<string, unknown>> | null;
  error: { code: string; detail: string } | null;
}

export function failed(file: FoundFile, code: string, detail: string): Outcome {
  return { file, status: "failed", isKnown: false, image: null, error: { code, detail } };
}

/** Of what the API says of an image. */
export function outcomeOf(
  file: FoundFile,
  image: Readonly<Record<string, unknown>>,
  isKnown: boolean,
): Outcome {
  const { status } = image;
  const state = status === "ready" || status === "failed" || status === "processing" ? status : "queued";
  return { file, status: state, isKnown, image, error: state === "failed" ? errorOf(image.error) : null };
}

function errorOf(error: unknown): { code: string; detail: string } {
  if (typeof error !== "object" || error === null) return { code: "unknown", detail: "" };
  const { code, detail } = error as Record<string, unknown>;
  return { code: String(code ?? "unknown"), detail: String(detail ?? "") };
}

export function isSettled({ status }: Outcome): boolean {
  return status === "ready" || status === "failed";
}
