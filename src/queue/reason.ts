import { AppError } from "../domain/errors.ts";

const MAX_LENGTH = 500;
const MAX_CAUSES = 3;

/** Credentials as they stand in messages of clients: in addresses, headers, parameters, and by their own shapes. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'@]*@/gi, "$1…@"],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"']*)[?#][^\s"']*/gi, "$1?…"],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, "$1 …"],
  [/\b((?:auth)?_?-?(?:token|secret|password|signature|api-?_?key)"?)(\s*[:=]\s*)"?[^\s"',;]+/gi, "$1$2…"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "…"],
  [/\b(?:whsec|vk|sk)_[\w+/=-]{16,}/g, "…"],
];

/** Why a job failed, for an operator's eyes: the error and what caused it, at most 500 characters, without credentials. */
export function reasonOf(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at !== undefined && parts.length < MAX_CAUSES; at = causeOf(at)) parts.push(say(at));
  const text = SECRETS.reduce((told, [secret, by]) => told.replace(secret, by), parts.join(" ← "));
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}

function say(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}`;
  // A message may be long where it quotes what was sent.
  return String(error).slice(0, MAX_LENGTH * 4);
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
