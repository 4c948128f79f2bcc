import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { Api } from "./api.ts";
import { UsageError } from "./errors.ts";
import { storedSession } from "./sessions.ts";

/** Where a command reads from and writes to; tests give their own. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether `err` goes to a person's terminal, where a line may be drawn over. */
  interactive: boolean;
  environment: Readonly<Record<string, string | undefined>>;
  stdin: AsyncIterable<Uint8Array>;
  /** Asks a person, and shows the answer as it is typed or not at all; `null` where nobody is there. */
  ask: ((question: string, options: { hidden: boolean }) => Promise<string>) | null;
  signal: AbortSignal;
}

export interface Invocation extends Terminal {
  /** Arguments without a dash, after the command's name. */
  words: readonly string[];
  /** Values of the options, in the order given. */
  texts(name: string): readonly string[];
  text(name: string): string | undefined;
  flag(name: string): boolean;
}

export interface Command {
  /** As typed: "import", "keys create". */
  name: string;
  summary: string;
  /** What follows the name. */
  usage: string;
  /** Each option's line in the help. */
  help: readonly (readonly [option: string, meaning: string])[];
  options: ParseArgsOptionsConfig;
  /** How many words it takes, at least and at most. */
  words: readonly [min: number, max: number];
  run(invocation: Invocation): Promise<number>;
}

export const COMMON_OPTIONS = {
  url: { type: "string" },
  key: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;

/** Throws `UsageError` for unknown options, missing values and a wrong number of words. */
export function invoke(command: Command, args: readonly string[], terminal: Terminal): Invocation {
  const { values, positionals } = parse(command, args);
  const [min, max] = command.words;
  if (values.help !== true && (positionals.length < min || positionals.length > max)) {
    throw new UsageError(`Usage: vitrine ${command.name} ${command.usage}`);
  }
  const all = new Map(Object.entries(values));
  const texts = (name: string): string[] => {
    const value = all.get(name);
    return (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === "string");
  };
  return {
    ...terminal,
    words: positionals,
    texts,
    text: (name) => texts(name).at(-1),
    flag: (name) => all.get(name) === true,
  };
}

function parse(command: Command, args: readonly string[]): ReturnType<typeof parseArgs> {
  try {
    const options = { ...COMMON_OPTIONS, ...command.options };
    return parseArgs({ args: withSignedValues(args, options), options, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason.split(". ")[0]}. See: vitrine ${command.name} --help`);
  }
}

/** `--sort -logins` as `--sort=-logins`: else a value of one dash is taken for a mistake. */
function withSignedValues(args: readonly string[], options: ParseArgsOptionsConfig): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1) ?? "";
    const takesValue = before.startsWith("--") && options[before.slice(2)]?.type === "string";
    if (takesValue && /^-[^-]/.test(arg)) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** The deployment the command talks to, for what is in an organisation: `--key`, `VITRINE_KEY`, or who signed in. */
export function merchantApi(invocation: Invocation): Api {
  return openApi(invocation, invocation.text("key") ?? invocation.environment.VITRINE_KEY);
}

/** The same for setting up organisations: `--key`, `OPERATOR_KEY`, who signed in, or `VITRINE_KEY`. */
export function operatorApi(invocation: Invocation): Api {
  const { OPERATOR_KEY: operatorKey, VITRINE_KEY: merchantKey } = invocation.environment;
  const given = invocation.text("key") ?? operatorKey;
  const isSignedIn = storedSession(invocation.environment, urlOf(invocation)) !== null;
  return openApi(invocation, given ?? (isSignedIn ? undefined : merchantKey));
}

/** With `key`; without one as who signed in at that deployment. */
export function openApi(invocation: Invocation, key: string | undefined): Api {
  const url = urlOf(invocation);
  if (key !== undefined && key !== "") return new Api({ url, key });
  return new Api({ url, key: storedSession(invocation.environment, url)?.token ?? null });
}

/** The deployment of the call. Throws `UsageError`. */
export function urlOf({ text, environment }: Pick<Invocation, "text" | "environment">): string {
  const url = text("url") ?? environment.VITRINE_URL ?? "http://127.0.0.1:8787";
  if (URL.canParse(url) && /^https?:/.test(url)) return url;
  throw new UsageError(`--url is not an http(s) URL: "${url}"`);
}

/** A whole number of an option, within bounds. */
export function wholeNumber(
  invocation: Invocation,
  name: string,
  otherwise: number,
  [min, max]: readonly [number, number],
): number {
  const text = invocation.text(name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} is "${text}": a whole number from ${min} to ${max} is needed`);
}
