import type { AuditAction } from "../../../domain/audit.ts";

/** `api_key.created` → "API key created". */
export function actionWords(action: AuditAction): string {
  const words = action.replaceAll(/[._]/g, " ").replace(/^api\b/, "API");
  return words[0].toUpperCase() + words.slice(1);
}

/** Who acted, in words where the log's word alone says it all; `null` for a person or a key, who have names of their own. */
export function actorWords(actor: string): string | null {
  if (actor === "operator") return "The operator";
  return actor === "system" ? "The service itself" : null;
}

/** `{role: "admin", scopes: ["a", "b"]}` → `role admin · scopes a, b`. */
export function factWords(facts: Readonly<Record<string, unknown>> | null): string {
  const told = Object.entries(facts ?? {}).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(", ") : String(value);
    return `${name.replaceAll("_", " ")} ${text}`;
  });
  return told.join(" · ");
}
