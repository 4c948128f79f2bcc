import type { Config } from "../config.ts";
import type { ImageLimit } from "../domain/image.ts";
import type { MailSettings } from "./mail.ts";
import { readIssuers } from "./jwt-issuers.ts";
import { SettingsError, text, type Variables } from "./variables.ts";

export { SettingsError, type Variables };

const MIN_SECRET = 32;
const MIN_OPERATOR_KEY = 16;
/** Each is tried for whatever the present one does not verify. */
const MAX_PREVIOUS_SECRETS = 4;
const GIGABYTE = 1_000_000_000;
const ENVIRONMENTS = ["production", "development", "test"] as const;

/** The deployment's settings from the platform's variables and secrets. Throws `SettingsError`. */
export function readConfig(variables: Variables): Config {
  const environment = readEnvironment(variables);
  return {
    environment,
    secret: readSecret(variables),
    previousSecrets: readPreviousSecrets(variables),
    operatorKey: readOperatorKey(variables, "OPERATOR_KEY"),
    nextOperatorKey: readOperatorKey(variables, "OPERATOR_KEY_NEXT"),
    corsOrigins: readList(variables, "CORS_ORIGINS", ["*"]),
    rateLimits: readSwitch(variables, "RATE_LIMITS", true),
    admission: readSwitch(variables, "ADMISSION", true),
    publicOrigin: readOrigin(variables, "PUBLIC_ORIGIN"),
    emailConfirmation: readSwitch(variables, "EMAIL_CONFIRMATION", environment === "production"),
    imageLimits: {
      person: readImageLimit(variables, "PERSON", { images: 2_000, gigabytes: 2 }),
      organisation: readImageLimit(variables, "ORG", { images: 20_000, gigabytes: 20 }),
    },
    jwtIssuers: readIssuers(variables, environment),
  };
}

/** How mails are sent, `null` where nothing is set. Throws `SettingsError`. */
export function readMail(variables: Variables): MailSettings | null {
  const url = text(variables, "MAIL_URL");
  if (url === null) return null;
  if (!URL.canParse(url)) throw new SettingsError(`MAIL_URL is not a URL: "${url}"`);
  const token = text(variables, "MAIL_TOKEN");
  if (token === null) throw new SettingsError("MAIL_TOKEN is not set: the token of the service at MAIL_URL");
  const from = text(variables, "MAIL_FROM");
  if (from === null) throw new SettingsError("MAIL_FROM is not set: the address that mails come from");
  // A `Host` header is the client's to choose: it must not decide where a mailed link leads.
  if (text(variables, "PUBLIC_ORIGIN") === null)
    throw new SettingsError(
      "PUBLIC_ORIGIN is not set: where the links in mails lead, as https://shop.example",
    );
  return { url, token, from };
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
  return longEnough("VITRINE_SECRET", secret, MIN_SECRET);
}

function longEnough(name: string, value: string, least: number): string {
  if (value.length >= least) return value;
  throw new SettingsError(`${name} has ${value.length} characters, at least ${least} are needed`);
}

/** Between blanks, the newest first: a secret may hold commas. */
function readPreviousSecrets(variables: Variables): readonly string[] {
  const given = text(variables, "VITRINE_SECRET_PREVIOUS")?.split(/\s+/) ?? [];
  const secrets = given.filter((one) => one !== "" && one !== text(variables, "VITRINE_SECRET"));
  if (secrets.length > MAX_PREVIOUS_SECRETS)
    throw new SettingsError(`VITRINE_SECRET_PREVIOUS has more than ${MAX_PREVIOUS_SECRETS} secrets`);
  return secrets.map((one) => longEnough("VITRINE_SECRET_PREVIOUS", one, MIN_SECRET));
}

function readOperatorKey(variables: Variables, name: string): string | null {
  const key = text(variables, name);
  return key === null ? null : longEnough(name, key, MIN_OPERATOR_KEY);
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

function readImageLimit(
  variables: Variables,
  owner: "PERSON" | "ORG",
  otherwise: { images: number; gigabytes: number },
): ImageLimit {
  const gigabytes = readCount(variables, `${owner}_MAX_IMAGE_GB`, otherwise.gigabytes);
  return {
    images: readCount(variables, `${owner}_MAX_IMAGES`, otherwise.images),
    bytes: gigabytes * GIGABYTE,
  };
}

function readCount(variables: Variables, name: string, otherwise: number): number {
  const value = text(variables, name);
  if (value === null) return otherwise;
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new SettingsError(`${name} is "${value}", not a whole number from 1 on`);
}

function readOrigin(variables: Variables, name: string): string | null {
  const value = text(variables, name);
  if (value === null) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== value.replace(/\/$/, ""))
    throw new SettingsError(`${name} is not an origin such as https://shop.example: "${value}"`);
  return url.origin;
}
