import { vitrine } from "../deployment.ts";
import type { Site } from "../deployment.ts";

export interface UserItem {
  id: string;
  name: string;
  logins: number;
  page_views: number;
  activities: number;
  last_activity: string | null;
}

/** A new organisation; answers a key that writes and reads its events. */
export async function createTenant(deployment: Site, org: string): Promise<string> {
  await vitrine(deployment, ["orgs", "create", org]);
  const scopes = ["--scope", "events:write", "--scope", "stats:read"];
  return ((await vitrine(deployment, ["keys", "create", org, ...scopes])) as { key: string }).key;
}

export async function getJson<T>(url: string, key: string, path: string): Promise<T> {
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${key}` } });
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** All pages of an organisation's users in one order, or the first `most`, and the path of each. */
export async function walkUsers(
  url: string,
  key: string,
  { org, sort, limit = 50 }: { org: string; sort: string; limit?: number },
  most = Number.POSITIVE_INFINITY,
): Promise<{ items: UserItem[]; paths: string[] }> {
  const items: UserItem[] = [];
  const paths: string[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? "" : `&cursor=${cursor}`;
    const path: string = `/v1/orgs/${org}/users?sort=${sort}&limit=${limit}${after}`;
    const page: { items: UserItem[]; next_cursor: string | null } = await getJson(url, key, path);
    items.push(...page.items);
    paths.push(path);
    cursor = page.next_cursor;
  } while (cursor !== null && paths.length < most);
  return { items, paths };
}
