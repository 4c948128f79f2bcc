import { JWT_ALGORITHMS } from "../config.ts";
import type { Config, JwtAlgorithm, JwtIssuer } from "../config.ts";
import { SettingsError, text, type Variables } from "./variables.ts";

const NAME = "JWT_ISSUERS";
const MAX_ISSUERS = 20;

/** The trusted issuers: a JSON list of `{issuer, audience, jwks_url, algorithms?}`. Throws `SettingsError`. */
export function readIssuers(variables: Variables, environment: Config["environment"]): readonly JwtIssuer[] {
  const json = text(variables, NAME);
  if (json === null) return [];
  const issuers = parseList(json).map((entry) => readIssuer(entry, environment));
  if (new Set(issuers.map(({ issuer }) => issuer)).size < issuers.length)
    throw new SettingsError(`${NAME} names an issuer twice`);
  return issuers;
}

function parseList(json: string): unknown[] {
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    throw new SettingsError(`${NAME} is not JSON`);
  }
  if (!Array.isArray(list) || list.length > MAX_ISSUERS)
    throw new SettingsError(`${NAME} is not a list of at most ${MAX_ISSUERS} issuers`);
  return list;
}

function readIssuer(entry: unknown, environment: Config["environment"]): JwtIssuer {
  if (typeof entry !== "object" || entry === null)
    throw new SettingsError(`${NAME} has an entry that is no object`);
  const fields = entry as Record<string, unknown>;
  return {
    issuer: readField(fields, "issuer"),
    audience: readField(fields, "audience"),
    jwksUrl: readJwksUrl(fields, environment),
    algorithms: readAlgorithms(fields.algorithms),
  };
}

function readField(fields: Record<string, unknown>, field: string): string {
  const value = fields[field];
  if (typeof value === "string" && value !== "") return value;
  throw new SettingsError(`${NAME} has an entry without "${field}"`);
}

/** Whoever can change the keys on their way can sign for anyone: plain HTTP is for a developer's machine. */
function readJwksUrl(fields: Record<string, unknown>, environment: Config["environment"]): string {
  const url = readField(fields, "jwks_url");
  const protocol = URL.canParse(url) ? new URL(url).protocol : "";
  if (protocol === "https:" || (protocol === "http:" && environment !== "production")) return url;
  throw new SettingsError(`${NAME}: "jwks_url" is not an https URL: "${url}"`);
}

function readAlgorithms(value: unknown): readonly JwtAlgorithm[] {
  if (value === undefined) return JWT_ALGORITHMS;
  const names: unknown[] = Array.isArray(value) ? value : [];
  const known = JWT_ALGORITHMS.filter((algorithm) => names.includes(algorithm));
  if (known.length > 0 && known.length === names.length) return known;
  throw new SettingsError(`${NAME}: "algorithms" is not a list of some of ${JWT_ALGORITHMS.join(", ")}`);
}
