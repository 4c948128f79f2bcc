import type { AuditLine } from "../../src/db/queries/audit.ts";

/** For writes whose line is not what the test looks at; each is another. */
export function someLine(): AuditLine {
  const id = `aud_000000000000${crypto.randomUUID().replaceAll("-", "").slice(12)}`;
  return { id, at: 0, actor: "system", action: "org.created", target: null, facts: null, requestId: null };
}
