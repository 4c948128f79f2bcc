import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CANARY, createWorld, type Credential, type World } from "./credentials.ts";
import { openApp, type TestApp } from "./open-app.ts";
import {
  isAimed,
  isForgery,
  operations,
  refusal,
  requestOf,
  rowsAbout,
  rowsOf,
  seen,
  takesOrg,
  targetOf,
} from "./sweep.ts";
import type { Operation } from "./sweep.ts";

/** Where nothing is to be found by the ids and bodies of the examples. */
const NEVER_SUCCEEDS = [
  "{file}",
  "/i/{id}/",
  "/dead-letters/{id}",
  "/search/clicks",
  "/blobs/object",
  "/verify-email",
  "/reset-password",
];
const SIGN_UP = "/api/auth/sign-up/email";
const SIGN_IN = "/api/auth/sign-in/email";

interface Aim {
  tenant: "own" | "foreign";
  /** Names the organisation in the query. */
  named?: boolean;
  /** Asks for the other organisation's things under the path of its own. */
  mixed?: boolean;
}

interface Answer {
  status: number;
  ok: boolean;
  text: string;
}

let t: TestApp;
let world: World;

async function ask(operation: Operation, credential: Credential, aim: Aim): Promise<Answer> {
  const tenant = aim.mixed ? { ...world.foreign, id: world.own.id } : world[aim.tenant];
  const target = targetOf(operation, aim.named ? world.own : tenant, aim.named ? tenant.id : undefined);
  const response = await t.call(target, requestOf(operation, credential, tenant));
  const { status, ok } = response;
  const documented = operation.responses.map((one) => one.status);
  if (!documented.includes(String(status)))
    throw new Error(`${credential.name}: ${status} is not documented`);
  const text = await response.text();
  return { status, ok, text: `${text}\n${JSON.stringify([...response.headers])}` };
}

/** Asks as each of `credentials`; says who was answered otherwise than they should be. */
async function askAll(operation: Operation, credentials: readonly Credential[], aim: Aim) {
  const wrong: string[] = [];
  const leaks: string[] = [];
  let succeeded = false;
  for (const credential of credentials) {
    const answer = await ask(operation, credential, aim);
    const expected = refusal(operation, credential, aim.tenant, aim.named);
    const got = expected === 404 ? answer.status : seen(answer);
    if (got !== expected)
      wrong.push(`${credential.name}: ${answer.status}, expected ${expected ?? "let in"}\n${answer.text}`);
    const mayRead = credential.kind === "operator" || credential.tenant === "foreign";
    if (!mayRead && answer.text.includes(CANARY)) leaks.push(`${credential.name}: ${answer.text}`);
    succeeded ||= answer.ok;
  }
  return { wrong, leaks, succeeded };
}

/** At the other organisation by the path, by the query where it names one, and at its things alone. */
function aimsOf(operation: Operation): Aim[] {
  const aims: Aim[] = isAimed(operation) ? [{ tenant: "foreign" }] : [];
  if (takesOrg(operation) && operation.security.length > 0) aims.push({ tenant: "foreign", named: true });
  if (/{org}.*{/.test(operation.path)) aims.push({ tenant: "own", mixed: true });
  return aims;
}

/** An account that the example of signing in is right for. */
async function prepare(operation: Operation): Promise<void> {
  if (operation.path !== SIGN_IN) return;
  const { body, ...request } = requestOf(operation, world.credentials[0], world.own);
  const account = { ...(JSON.parse(String(body)) as object), name: "Ada" };
  const response = await t.call(SIGN_UP, { ...request, body: JSON.stringify(account) });
  if (!response.ok) throw new Error(`Signing up answers ${response.status}`);
}

/** Without forgeries where no credential is needed: whether those are let in is each such route's to say. */
function tried(operation: Operation): Credential[] {
  const isPublic = operation.security.length === 0;
  return world.credentials.filter((credential) => !isPublic || !isForgery(operation, credential));
}

function isOurs({ kind, tenant }: Credential): boolean {
  return tenant !== "foreign" && kind !== "operator";
}

async function foreignRows(): Promise<string[]> {
  return rowsAbout(await rowsOf(t.platform), world.foreign);
}

interface Opened {
  t: TestApp;
  world: World;
}

async function open(): Promise<Opened> {
  const app = await openApp();
  return { t: app, world: await createWorld(app.platform) };
}

/** What only reads shares a world, which takes longer to make than to ask. */
let readers: Opened | undefined;
afterAll(() => readers?.t.platform.close());

async function enter({ method }: Operation): Promise<void> {
  ({ t, world } = method === "GET" ? (readers ??= await open()) : await open());
}

function leave(): void {
  if (t !== readers?.t) t.platform.close();
}

test("the sweep covers the API", () => {
  expect(operations.length).toBeGreaterThanOrEqual(26);
  const permissions = new Set(operations.flatMap(({ permission = [] }) => permission));
  expect([...permissions]).toEqual(expect.arrayContaining(["org:write", "members:write", "keys:write"]));
});

describe.each(operations)("$name", (operation) => {
  let succeeded = false;
  beforeAll(async () => {
    await enter(operation);
    await prepare(operation);
  });
  afterAll(leave);

  async function expectRight(credentials: readonly Credential[], aim: Aim): Promise<void> {
    const answers = await askAll(operation, credentials, aim);
    succeeded ||= answers.succeeded;
    expect(answers).toMatchObject({ wrong: [], leaks: [] });
  }

  test("refuses whom its security does not name, and does nothing for them", async () => {
    const refused = tried(operation).filter((one) => refusal(operation, one, "own") !== null);
    const [rows, jobs] = [await rowsOf(t.platform), t.platform.jobs.sent.length];
    await expectRight(refused, { tenant: "own" });
    expect(await rowsOf(t.platform)).toEqual(rows);
    expect(t.platform.jobs.sent).toHaveLength(jobs);
  });

  test("keeps the other organisation's things to itself", async () => {
    const before = await foreignRows();
    for (const aim of aimsOf(operation)) await expectRight(tried(operation).filter(isOurs), aim);
    expect(await foreignRows()).toEqual(before);
  });

  test("lets in whom its security names", async () => {
    const letIn = tried(operation).filter((one) => refusal(operation, one, "own") === null);
    const before = await foreignRows();
    await expectRight(letIn.filter(isOurs), { tenant: "own" });
    expect(await foreignRows()).toEqual(before);
    const others = letIn.filter((one) => !isOurs(one));
    await expectRight(others, { tenant: "own" });
    const succeeds = !NEVER_SUCCEEDS.some((part) => operation.path.includes(part));
    expect(succeeded).toBe(succeeds);
  });
});

describe("the canary is there to be seen", () => {
  beforeAll(async () => {
    ({ t, world } = await open());
  });
  afterAll(leave);

  test.each(["", "/members", "/api-keys", "/site-keys", "/webhooks", "/users"])(
    "by its owner at /v1/orgs/{org}%s",
    async (path) => {
      const owner = world.credentials.find(({ name }) => name === "the other's owner");
      const headers = { authorization: owner?.authorization ?? "" };
      const response = await t.call(`/v1/orgs/${world.foreign.id}${path}`, { headers });
      expect(await response.text()).toContain(CANARY);
    },
  );
});
