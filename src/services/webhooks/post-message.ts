import { MAX_ANSWER_BYTES, TIMEOUT_MS } from "./limits.ts";

export interface Message {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Answer {
  /** `null` where none came. */
  status: number | null;
  /** Why it is no success, for the webhook's owner; `null` for a success. */
  error: string | null;
}

const MAX_ERROR = 300;

/** Posts a message and says how it was answered, within 10 s, following no redirect. Never throws. */
export async function postMessage({ url, headers, body }: Message): Promise<Answer> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    return { status: response.status, error: await errorOf(response) };
  } catch (error) {
    return { status: null, error: failureText(error) };
  }
}

async function errorOf(response: Response): Promise<string | null> {
  const { status, ok } = response;
  if (ok || (status >= 300 && status < 400)) {
    await response.body?.cancel().catch(() => undefined);
    return ok ? null : `Answered ${status}: redirects are not followed`;
  }
  const text = await beginningOf(response);
  return clipped(text === "" ? `Answered ${status}` : `Answered ${status}: ${text}`);
}

/** At most 1 KB of an answer, and what of it came before it broke off. */
async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    while (bytes < MAX_ANSWER_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      const piece = value.subarray(0, MAX_ANSWER_BYTES - bytes);
      bytes += piece.length;
      text += decoder.decode(piece, { stream: true });
    }
    await reader.cancel();
  } catch {
    // The status alone tells enough.
  }
  return text;
}

function failureText(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError")
    return `No answer within ${TIMEOUT_MS / 1_000} s`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return clipped(`Cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`);
}

/** One line of plain text, as it may stand in a page or a terminal. */
function clipped(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
  return line.length > MAX_ERROR ? `${line.slice(0, MAX_ERROR - 1)}…` : line;
}
