import type { Config } from "../config.ts";

export type Variables = Readonly<Record<string, unknown>>;

const MIN_SECRET = 32;
const MIN_OPERATOR_KEY = 16;
const ENVIRONMENTS = ["production", "development", "test"] as const;

/** A setting is missing or wrong: the message names the variable and how to set it. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** The deployment's settings from the platform's variables and secrets. Throws `SettingsError`. */
export function readConfig(variables: Variables): Config {
  return {
    environment: readEnvironment(variables),
    secret: readSecret(variables),
    operatorKey: readOperatorKey(variables),
    corsOrigins: readList(variables, "CORS_ORIGINS", ["*"]),
    rateLimits: readSwitch(variables, "RATE_LIMITS", true),
  };
}

export interface DatabaseSettings {
  url: string;
  authToken?: string;
}

/** Where the database is. Throws `SettingsError`. */
export function readDatabase(variables: Variables): DatabaseSettings {
  const url = text(variables, "TURSO_DATABASE_URL");
  if (url === null) throw new SettingsError("TURSO_DATABASE_URL is not set: the URL of the libSQL database");
  if (!URL.canParse(url)) throw new SettingsError(`TURSO_DATABASE_URL is not a URL: "${url}"`);
  const authToken = text(variables, "TURSO_AUTH_TOKEN");
  return authToken === null ? { url } : { url, authToken };
}

function readEnvironment(variables: Variables): Config["environment"] {
  const name = text(variables, "ENVIRONMENT") ?? "production";
  const known = ENVIRONMENTS.find((environment) => environment === name);
  if (known === undefined)
    throw new SettingsError(`ENVIRONMENT is "${name}", not one of ${ENVIRONMENTS.join(", ")}`);
  return known;
}

function readSecret(variables: Variables): string {
  const secret = text(variables, "VITRINE_SECRET");
  if (secret === null)
    throw new SettingsError("VITRINE_SECRET is not set: a secret of 32 or more random characters");
  if (secret.length < MIN_SECRET) {
    throw new SettingsError(
      `VITRINE_SECRET has ${secret.length} characters, at least ${MIN_SECRET} are needed`,
    );
  }
  return secret;
}

function readOperatorKey(variables: Variables): string | null {
  const key = text(variables, "OPERATOR_KEY");
  if (key !== null && key.length < MIN_OPERATOR_KEY) {
    throw new SettingsError(
      `OPERATOR_KEY has ${key.length} characters, at least ${MIN_OPERATOR_KEY} are needed`,
    );
  }
  return key;
}

function readList(variables: Variables, name: string, otherwise: readonly string[]): readonly string[] {
  const value = text(variables, name);
  if (value === null) return otherwise;
  return value
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function readSwitch(variables: Variables, name: string, otherwise: boolean): boolean {
  const value = text(variables, name)?.toLowerCase();
  if (value === undefined) return otherwise;
  if (value === "on" || value === "true") return true;
  if (value === "off" || value === "false") return false;
  throw new SettingsError(`${name} is "${value}", neither "on" nor "off"`);
}

function text(variables: Variables, name: string): string | null {
  const value = variables[name];
  if (value === undefined || value === null || value === "") return null;
  if (typeof value !== "string") throw new SettingsError(`${name} is not text`);
  return value;
}
