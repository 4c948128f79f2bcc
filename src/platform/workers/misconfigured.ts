import { SettingsError } from "../settings.ts";
import { openLog } from "./log.ts";

/** The answer of a deployment whose settings are wrong: what is wrong is in the log alone. Rethrows other failures. */
export function misconfigured(error: unknown): Response {
  if (!(error instanceof SettingsError)) throw error;
  openLog(Date.now).error("misconfigured", { detail: error.message });
  const problem = {
    type: "about:blank",
    title: "A dependency is not available",
    status: 503,
    detail: "The deployment lacks a setting; its log says which",
    code: "unavailable",
  };
  const headers = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  return new Response(JSON.stringify(problem), { status: 503, headers });
}
