import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Variables } from "../settings.ts";

const NAMES = ["VITRINE_SECRET", "OPERATOR_KEY"] as const;

/** The variables, with secrets that are not given made once and kept in the state's folder, for this user alone. */
export function withSecrets(variables: Variables, stateFolder: string): Variables {
  const file = join(stateFolder, "secrets.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : {};
  const missing = NAMES.filter((name) => (variables[name] ?? "") === "" && kept[name] === undefined);
  for (const name of missing) kept[name] = randomText();
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  const given = Object.entries(variables).filter(([, value]) => value !== "");
  return { ...kept, ...Object.fromEntries(given) };
}

function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
