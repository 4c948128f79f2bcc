import type { Client } from "../mixed/client.ts";
import type { Kind } from "../mixed/mix.ts";
import { pickIndex } from "../random.ts";
import type { Random } from "../random.ts";

const SCOPES = ["events:write", "stats:read"];
const EVENTS_A_REQUEST = 10;

interface Given {
  random: Random;
  run: string;
}

/** What an organisation of its own asks for: its events go in, and its dashboard is looked at. */
export async function quietKinds(
  client: Client,
  operatorKey: string,
  { random, run }: Given,
): Promise<Kind[]> {
  const operator = { authorization: `Bearer ${operatorKey}`, "content-type": "application/json" };
  const post = <T>(path: string, body: object): Promise<T> =>
    client.json<T>({ method: "POST", path, headers: operator, body: JSON.stringify(body) });
  await post("/v1/orgs", { name: "Quiet", slug: run });
  const { key } = await post<{ key: string }>(`/v1/orgs/${run}/api-keys`, { name: "quiet", scopes: SCOPES });
  const headers = { authorization: `Bearer ${key}` };
  let number = 0;
  const event = () => ({
    id: `quiet-${number++}`,
    type: "page_view",
    user_id: `user-${pickIndex(random, 50)}`,
    at: new Date().toISOString(),
    path: "/",
  });
  const events = (): string => JSON.stringify({ events: Array.from({ length: EVENTS_A_REQUEST }, event) });
  const get = (path: string) => () => ({ method: "GET", path, headers });
  return [
    { route: "GET /v1/orgs/{org}/users", share: 50, next: get(`/v1/orgs/${run}/users`) },
    { route: "GET /v1/orgs/{org}/overview", share: 20, next: get(`/v1/orgs/${run}/overview`) },
    {
      route: "POST /v1/events",
      share: 30,
      next: () => ({
        method: "POST",
        path: "/v1/events",
        headers: { ...headers, "content-type": "application/json" },
        body: events(),
      }),
    },
  ];
}
