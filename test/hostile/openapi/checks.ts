import { ERROR_CODES } from "../../../src/domain/errors.ts";
import { CANARY, type Credential } from "../../http/credentials.ts";
import { refusal } from "../../http/sweep.ts";
import { conformance, type Contract } from "./contract.ts";
import { jsonText, type Draft } from "./draft.ts";
import type { Answer } from "./fuzz-world.ts";
import { RawJson } from "./hostile-values.ts";
import type { Schema } from "./conforms.ts";

export interface Finding {
  /** The same for each request that shows the same fault. */
  kind: string;
  detail: string;
}

interface Told {
  draft: Draft;
  answer: Answer;
  contract: Contract;
  credential: Credential;
}

type Check = (told: Told) => Finding[];

const INSIDE =
  /\bSQLITE_|\bLibsqlError|\bDrizzle|\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) .{0,200}\b(?:FROM|VALUES|SET|WHERE)\b|no such (?:table|column)|node_modules|\.tsx?:\d+|\n\s+at \S+ |\b(?:Type|Range|Syntax|Reference)Error\b|\[object Object\]/;

const ALWAYS = [
  "x-request-id",
  "server-timing",
  "x-content-type-options",
  "content-security-policy",
  "referrer-policy",
];
const NO_BODY = [204, 304];
/** Tell the operator which statements were slow. */
const TELL_STATEMENTS = ["/v1/admin/metrics", "/metrics"];

function finding(kind: string, detail: string): Finding {
  return { kind, detail };
}

function parsed(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

function codeOf({ text }: Answer): unknown {
  const body = parsed(text)?.value;
  return typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
}

/** A picture that is not made yet is the one thing that is away here. */
const serverErrors: Check = ({ answer }) => {
  const { status, failures, text } = answer;
  const wrong = failures.map((line) => finding("a failure in the log", line.slice(0, 1_500)));
  const isAway = status === 503 && codeOf(answer) === "image_not_ready";
  if (status >= 500 && !isAway) wrong.push(finding(`status ${status}`, text.slice(0, 1_000)));
  return wrong;
};

const documented: Check = ({ answer: { status, headers, text }, contract: { operation }, draft }) => {
  const known = operation.responses.find((one) => one.status === String(status));
  if (known === undefined) return [finding(`undocumented status ${status}`, text.slice(0, 500))];
  if (draft.method === "HEAD" || NO_BODY.includes(status))
    return text === "" ? [] : [finding(`a body with ${status}`, text.slice(0, 200))];
  const type = (headers.get("content-type") ?? "").split(";")[0];
  if (known.content.length === 0)
    return text === ""
      ? []
      : [finding(`an undocumented body with ${status}`, `"${type}" ${text.slice(0, 200)}`)];
  const content = known.content.find(({ mediaType }) => mediaType === type);
  if (content === undefined) return [finding(`undocumented type with ${status}`, `"${type}"`)];
  if (content.schema === null || !/\bjson$/.test(type)) return [];
  const body = parsed(text);
  if (body === null) return [finding(`no JSON with ${status}`, text.slice(0, 200))];
  const [first] = conformance.check(content.schema, body.value, true);
  if (first === undefined) return [];
  const place = first.at.replaceAll(/\/\d+/g, "/*");
  return [finding(`body of ${status}: ${place} ${first.what}`, text.slice(0, 1_000))];
};

const problems: Check = ({ answer, draft }) => {
  const { status, headers, text } = answer;
  if (status < 400 || headers.get("content-type") !== "application/problem+json" || draft.method === "HEAD")
    return [];
  const wrong: Finding[] = [];
  const problem = (parsed(text)?.value ?? {}) as Record<string, unknown>;
  const code = problem.code as keyof typeof ERROR_CODES;
  if (!Object.hasOwn(ERROR_CODES, code) || ERROR_CODES[code].status !== status || problem.status !== status)
    wrong.push(finding(`a problem of another status than ${status}`, text));
  if (problem.type !== `/docs#problem-${code}`) wrong.push(finding("a problem of another type", text));
  if (problem.request_id !== headers.get("x-request-id"))
    wrong.push(finding("a problem of another request", text));
  if (headers.get("cache-control") !== "no-store") wrong.push(finding("a problem that caches keep", text));
  if (status === 401 && headers.get("www-authenticate") === null)
    wrong.push(finding("401 without a challenge", text));
  if (status === 429 && !/^[1-9]\d*$/.test(headers.get("retry-after") ?? ""))
    wrong.push(finding("429 without Retry-After", text));
  // Zod says "received undefined" of what is missing.
  const hole = /(?<!received )\b(?:undefined|NaN)\b/.exec(String(problem.detail))?.[0];
  if (hole !== undefined && !sent(draft).includes(hole)) wrong.push(finding("a detail with a hole", text));
  return wrong;
};

const headers: Check = ({ answer, contract: { promised } }) => {
  const promises = [...ALWAYS, ...(promised.get(String(answer.status)) ?? [])];
  const missing = promises.filter((name) => answer.headers.get(name) === null);
  return missing.map((name) =>
    finding(`no ${name.toLowerCase()} with ${answer.status}`, answer.text.slice(0, 200)),
  );
};

/** What the request itself says may be said back. */
function sent(draft: Draft): string {
  const body =
    draft.body === null ? "" : "json" in draft.body ? jsonText(draft.body.json) : String(draft.body.bytes);
  return JSON.stringify([draft.params, draft.query, draft.headers]) + body;
}

const inside: Check = ({ answer: { text, headers: given }, draft, contract }) => {
  if (TELL_STATEMENTS.includes(contract.operation.path)) return [];
  const shown = INSIDE.exec(`${text}\n${JSON.stringify([...given])}`)?.[0];
  if (shown === undefined || sent(draft).includes(shown)) return [];
  return [finding("what is inside is shown", `${shown}: ${text.slice(0, 500)}`)];
};

const leaks: Check = ({ answer: { text, headers: given }, credential }) => {
  const mayRead = credential.kind === "operator" || credential.tenant === "foreign";
  const all = `${text}\n${JSON.stringify([...given])}`;
  return !mayRead && all.includes(CANARY) ? [finding("another's rows", text.slice(0, 1_000))] : [];
};

/** What people may do changes on the way, as their roles do; what the kind of credential may do not. */
const letIn: Check = ({ answer: { status, text }, contract: { operation }, credential, draft }) => {
  if (status >= 300) return [];
  const isFixed = credential.kind !== "person" || credential.cookie?.site === "cross-site";
  const changed = draft.headers.some(([name]) => ["sec-fetch-site", "cookie", "origin"].includes(name));
  const refusals = (["own", "foreign"] as const).map((aim) => refusal(operation, credential, aim));
  if (!isFixed || changed || refusals.some((refused) => refused === null || refused === 404)) return [];
  return [finding(`let in: ${credential.kind}`, `${status} ${text.slice(0, 300)}`)];
};

function valueOf(schema: Schema, text: string): unknown {
  const types = [conformance.resolve(schema).type].flat();
  if (types.includes("integer") && /^-?\d+$/.test(text)) return Number(text);
  return types.includes("array") ? [text] : text;
}

function holdsRaw(value: unknown): boolean {
  if (value instanceof RawJson) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsRaw);
}

/** A batch whose items are refused one by one, in an answer that says which. */
const ONE_BY_ONE = new Set(["POST /v1/events"]);

/** What the document forbids is refused. */
const accepted: Check = ({ answer: { status }, contract: { operation }, draft }) => {
  if (status >= 300) return [];
  const wrong: Finding[] = [];
  for (const { name, in: place, schema } of operation.parameters) {
    if (place !== "query" && place !== "path") continue;
    const parts = (place === "query" ? draft.query : draft.params).filter((part) => part.name === name);
    if (parts.length !== 1 || parts[0].isRaw === true) continue;
    const [first] = conformance.check(schema, valueOf(schema, parts[0].value.toWellFormed()), false);
    if (first !== undefined)
      wrong.push(finding(`took ${place} ${name}: ${first.what}`, parts[0].value.slice(0, 200)));
  }
  const schema = operation.body[0]?.schema;
  if (
    ONE_BY_ONE.has(operation.name) ||
    !schema ||
    draft.body === null ||
    !("json" in draft.body) ||
    holdsRaw(draft.body.json)
  )
    return wrong;
  const [first] = conformance.check(schema, draft.body.json, false);
  if (first === undefined) return wrong;
  return [...wrong, finding(`took body ${first.at.replaceAll(/\/\d+/g, "/*")}: ${first.what}`, "")];
};

/** No list is longer than was asked for. */
const pages: Check = ({ answer, contract: { operation }, draft }) => {
  const limit = operation.parameters.find(({ name }) => name === "limit");
  const body = answer.status === 200 && limit !== undefined ? parsed(answer.text)?.value : undefined;
  if (typeof body !== "object" || body === null || !("items" in body) || !Array.isArray(body.items))
    return [];
  const asked = draft.query.find(({ name }) => name === "limit")?.value;
  const most = Math.min(Number(asked ?? limit?.schema.default), limit?.schema.maximum ?? Infinity);
  if (body.items.length <= most) return [];
  return [finding("a page longer than its limit", `${body.items.length} items, not ${most}`)];
};

const CHECKS: readonly Check[] = [
  serverErrors,
  documented,
  problems,
  headers,
  inside,
  leaks,
  letIn,
  accepted,
  pages,
];

/** Everything that is wrong with an answer. */
export function findingsIn(told: Told): Finding[] {
  return told.answer.status === 0 ? [] : CHECKS.flatMap((check) => check(told));
}
