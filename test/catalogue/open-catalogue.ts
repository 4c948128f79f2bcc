import { openApp, operatorHeaders } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";

export interface Merchant {
  orgId: string;
  /** Of an API key with `catalogue:write`. */
  headers: Record<string, string>;
}

/** Makes an organisation and a key of it through the API. */
export async function newMerchant(t: TestApp, slug: string, scopes = ["catalogue:write"]): Promise<Merchant> {
  const headers = { ...operatorHeaders(t.platform), "content-type": "application/json" };
  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const response = await t.call(path, { method: "POST", headers, body: JSON.stringify(body) });
    if (response.status !== 201) throw new Error(`${path} answered ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  };
  const org = await post("/v1/orgs", { name: slug, slug });
  const key = await post(`/v1/orgs/${slug}/api-keys`, { name: "test", scopes });
  return { orgId: org.id, headers: { authorization: `Bearer ${key.key}` } };
}

export interface Catalogue extends TestApp {
  acme: Merchant;
  rival: Merchant;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** The real application with two merchants; `send` sends JSON as the merchant acme unless `headers` say otherwise. */
export async function openCatalogue(): Promise<Catalogue> {
  const t = await openApp();
  const acme = await newMerchant(t, "acme");
  const rival = await newMerchant(t, "rival");
  const send: Catalogue["send"] = (method, path, body, headers = {}) =>
    t.call(path, {
      method,
      headers: { ...acme.headers, "content-type": "application/json", ...headers },
      body: typeof body === "string" || body === undefined ? body : JSON.stringify(body),
    });
  return { ...t, acme, rival, send };
}

/** The rows of a table, as the database holds them. */
export async function rowsOf(t: TestApp, sql: string): Promise<Record<string, unknown>[]> {
  const { rows } = await t.platform.client.execute(sql);
  return rows.map((row) => ({ ...row }));
}
