import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";

/** What the Worker reads, and where this machine keeps its state. */
export interface DevSettings {
  state: string;
  variables: Record<string, string>;
  /** A `TURSO_DATABASE_URL` given from outside, else the local server is started. */
  databaseUrl: string | null;
}

const KNOWN = [
  "VITRINE_SECRET",
  "VITRINE_SECRET_PREVIOUS",
  "OPERATOR_KEY_NEXT",
  "OPERATOR_KEY",
  "TURSO_DATABASE_URL",
  "TURSO_AUTH_TOKEN",
  "CORS_ORIGINS",
  "RATE_LIMITS",
  "ADMISSION",
  "PUBLIC_ORIGIN",
  "EMAIL_CONFIRMATION",
  "MAIL_URL",
  "MAIL_TOKEN",
  "MAIL_FROM",
  "JWT_ISSUERS",
  "PERSON_MAX_IMAGES",
  "PERSON_MAX_IMAGE_GB",
  "ORG_MAX_IMAGES",
  "ORG_MAX_IMAGE_GB",
];

/** Settings from the environment, then `.dev.vars`, then secrets made once and kept in the state's folder. */
export function readSettings(root: string, environment: NodeJS.ProcessEnv): DevSettings {
  const state = resolve(root, environment.VITRINE_STATE ?? ".vitrine");
  mkdirSync(state, { recursive: true });
  const own = readVariables(join(root, ".dev.vars"));
  const given: Record<string, string> = {};
  for (const name of KNOWN) {
    const value = environment[name] ?? own[name];
    if (value !== undefined && value !== "") given[name] = value;
  }
  const variables = { ENVIRONMENT: "development", ...keptSecrets(state), ...given };
  return { state, variables, databaseUrl: given.TURSO_DATABASE_URL ?? null };
}

function keptSecrets(state: string): Record<string, string> {
  const file = join(state, "secrets.env");
  if (!existsSync(file)) {
    const secrets = {
      VITRINE_SECRET: randomBytes(32).toString("hex"),
      OPERATOR_KEY: `op_${randomBytes(18).toString("hex")}`,
    };
    writeVariables(file, secrets);
  }
  return readVariables(file);
}

function readVariables(file: string): Record<string, string> {
  const variables: Record<string, string> = {};
  if (!existsSync(file)) return variables;
  for (const [name, value] of Object.entries(parseEnv(readFileSync(file, "utf8")))) {
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}

/** Readable by this user alone. */
export function writeVariables(file: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  writeFileSync(file, lines.join(""), { mode: 0o600 });
}
