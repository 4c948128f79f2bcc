import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "./errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A session of one deployment: it is never shown to another. */
export interface StoredSession {
  token: string;
  email: string;
}

type Sessions = Readonly<Record<string, StoredSession>>;

/** The session of the deployment at `url`, if a person signed in there; `null` too where the file cannot be read. */
export function storedSession(environment: Environment, url: string): StoredSession | null {
  const file = fileOf(environment);
  if (file === null) return null;
  const sessions = read(file);
  const { origin } = new URL(url);
  return Object.hasOwn(sessions, origin) ? sessions[origin] : null;
}

/** Keeps the session in a file of this person alone (mode 0600); `null` forgets it. Throws `UsageError` without a home. */
export function storeSession(environment: Environment, url: string, session: StoredSession | null): string {
  const file = fileOf(environment);
  if (file === null) throw new UsageError("There is no folder for a session: HOME is not set");
  const { [new URL(url).origin]: _, ...others } = read(file);
  const sessions = session === null ? others : { ...others, [new URL(url).origin]: session };
  if (Object.keys(sessions).length === 0) {
    rmSync(file, { force: true });
    return file;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.new`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, `${JSON.stringify(sessions, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
  return file;
}

function fileOf(environment: Environment): string | null {
  const { XDG_CONFIG_HOME: config, APPDATA: appData, HOME: home } = environment;
  const folder = config ?? appData ?? (home === undefined ? undefined : join(home, ".config"));
  return folder === undefined || folder === "" ? null : join(folder, "vitrine", "sessions.json");
}

function read(file: string): Sessions {
  if (!existsSync(file)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof value === "object" && value !== null ? (value as Sessions) : {};
  } catch {
    return {};
  }
}
