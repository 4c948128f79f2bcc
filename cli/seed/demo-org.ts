import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { record, type Api } from "../api.ts";
import { openApi, operatorApi, type Invocation } from "../command.ts";
import { ApiError } from "../errors.ts";

export const DEMO_ORG = "demo";

const SCOPES = ["catalogue:write", "events:write", "stats:read", "images:write"];

export interface DemoOrg {
  /** Under a key of the organisation. */
  api: Api;
  org: string;
  createdKey: string | null;
  /** `null` where the call has a key of an organisation only. */
  operator: Api | null;
}

/** The organisation to fill, under a key of it: a given one, one kept in the key file, or a new one. */
export async function openDemoOrg(invocation: Invocation): Promise<DemoOrg> {
  const given = invocation.text("key") ?? invocation.environment.VITRINE_KEY;
  if (given?.startsWith("vk_") === true) {
    const api = openApi(invocation, given);
    return { api, org: await onlyOrg(api), createdKey: null, operator: null };
  }
  const file = invocation.text("key-file");
  const operator = operatorApi(invocation);
  const kept = file !== undefined && existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (kept !== "") return { api: openApi(invocation, kept), org: DEMO_ORG, createdKey: null, operator };
  await createOrgOnce(operator);
  const body = { name: "demo data", scopes: SCOPES };
  const created = record(
    await operator.call({ method: "POST", path: `/v1/orgs/${DEMO_ORG}/api-keys`, body }),
  );
  const createdKey = String(created.key);
  if (file !== undefined) writeFileSync(file, `${createdKey}\n`, { mode: 0o600 });
  return { api: openApi(invocation, createdKey), org: DEMO_ORG, createdKey, operator };
}

/** An API key knows one organisation: its own. */
async function onlyOrg(api: Api): Promise<string> {
  for await (const org of api.list("/v1/orgs")) return String(record(org).slug);
  return DEMO_ORG;
}

async function createOrgOnce(operator: Api): Promise<void> {
  try {
    await operator.call({ method: "POST", path: "/v1/orgs", body: { slug: DEMO_ORG, name: "Vitrine demo" } });
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 409;
}
