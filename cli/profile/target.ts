import { readFileSync } from "node:fs";
import type { Invocation } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { Answer, LoadTarget } from "./load.ts";

const HINTS: Readonly<Record<number, string>> = {
  401: "Give a key: --key, or --header 'Authorization: Bearer …'.",
  429: "The rate limit holds the load back: start the deployment with RATE_LIMITS=off.",
  503: "There may be no room for the load: start the deployment with ADMISSION=off.",
};

/** The request of the command line. Throws `UsageError`. */
export function targetOf(invocation: Invocation): LoadTarget {
  const [word] = invocation.words;
  const url = URL.parse(word);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`"${word}" is not an http(s) URL: name the route as http://127.0.0.1:8787/v1/…`);
  const body = bodyOf(invocation.text("body"));
  const method = (invocation.text("method") ?? (body === undefined ? "GET" : "POST")).toUpperCase();
  if (!/^[A-Z]+$/.test(method)) throw new UsageError(`--method is "${method}": a word as GET is needed`);
  return { url, method, headers: headersOf(invocation, body), body };
}

function headersOf(invocation: Invocation, body: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  const key = invocation.text("key");
  if (key !== undefined) headers.authorization = `Bearer ${key}`;
  for (const text of invocation.texts("header")) {
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(text) ?? [];
    if (name === undefined) throw new UsageError(`--header is "${text}": 'Name: value' is needed`);
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

function bodyOf(text: string | undefined): string | undefined {
  return text?.startsWith("@") === true ? readFileSync(text.slice(1), "utf8") : text;
}

/** Throws where the route does not answer as it is expected to: the profile would be of something else. */
export function refuseUnexpected(answer: Answer, expected: number | null): void {
  const { status, text } = answer;
  if (expected === null ? status >= 200 && status < 300 : status === expected) return;
  const wanted = expected === null ? "a 2xx is wanted, or the one that --expect names" : `not ${expected}`;
  const said = text === "" ? "" : `\n${detailOf(text)}`;
  throw new UsageError(`The route answers ${status}: ${wanted}.${said}${hintOf(status)}`);
}

export function hintOf(status: number): string {
  const hint = HINTS[status];
  return hint === undefined ? "" : `\n${hint}`;
}

/** The problem's own words, or the start of whatever it is. */
function detailOf(text: string): string {
  try {
    const { title, detail } = JSON.parse(text) as { title?: string; detail?: string };
    if (typeof detail === "string" || typeof title === "string") return detail ?? title ?? "";
  } catch {
    // No problem document.
  }
  return text.slice(0, 200);
}
