import type { Context } from "hono";
import { AppError } from "../../../domain/errors.ts";
import type { FormState } from "../../../web/components/field.tsx";
import type { AppEnv } from "../../openapi.ts";
import { isCrossSite } from "../../middleware/csrf.ts";
import { toAppError } from "../../middleware/problem.ts";

const LIMIT_BYTES = 65_536;
const TYPE = "application/x-www-form-urlencoded";

/** The fields of a page's own form. Throws `forbidden` for another site's, `unsupported_media_type` and `body_too_large`. */
export async function readForm(c: Context<AppEnv>): Promise<URLSearchParams> {
  // Of forms that no cookie decides, too: who signs another in under a foreign account reads what they do there.
  if (isCrossSite(c)) throw new AppError("forbidden", "The form was sent from another site");
  const type = (c.req.header("content-type") ?? "").split(";", 1)[0] ?? "";
  if (type.trim().toLowerCase() !== TYPE)
    throw new AppError("unsupported_media_type", `Expected a form as ${TYPE}`);
  return new URLSearchParams(await readText(c.req.raw.body));
}

async function readText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  let seen = 0;
  let text = "";
  for await (const chunk of body) {
    seen += chunk.byteLength;
    if (seen > LIMIT_BYTES)
      throw new AppError("body_too_large", `The form is over the limit of ${LIMIT_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const TELLABLE = new Set(["invalid_input", "conflict", "forbidden", "not_found"]);

export interface Refusal {
  state: FormState;
  status: number;
}

/**
 * Does what a form asks for: `null` where it was done, else what to show in the form. Messages about one of `fields` stand
 * there, all others above the form. Errors that are not the sender's to mend are thrown on.
 */
export async function attempt(
  form: URLSearchParams,
  fields: readonly string[],
  act: () => Promise<unknown>,
): Promise<Refusal | null> {
  try {
    await act();
    return null;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (!TELLABLE.has(error.code)) throw thrown;
    return { state: { values: valuesOf(form), errors: messagesOf(error, fields) }, status: error.status };
  }
}

/** What stands in the form again; a password never does. */
export function valuesOf(form: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...form].filter(([name]) => name !== "password"));
}

function messagesOf(error: AppError, fields: readonly string[]): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const { path, message } of error.facts.errors ?? []) {
    const field = fields.find((name) => path === name || path.startsWith(`${name}.`));
    messages[field ?? "form"] ??= message;
  }
  return Object.keys(messages).length > 0 ? messages : { form: error.facts.detail };
}

/** A field that was sent once, as a text; empty where it was not. */
export function textOf(form: URLSearchParams, name: string): string {
  return form.get(name) ?? "";
}
