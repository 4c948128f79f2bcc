import { vitrine } from "../deployment.ts";
import type { Site } from "../deployment.ts";
import type { ReferenceData, Tenant } from "./reference-data.ts";
import { createTenant, walkUsers } from "./tenant.ts";

export function slugOf({ id }: Tenant): string {
  return `org-${id}`;
}

/** An organisation of the generator through the command line; answers its key. */
export async function loadTenant(deployment: Site, tenant: Tenant): Promise<string> {
  const org = slugOf(tenant);
  const key = await createTenant(deployment, org);
  // The generator's events are two years old.
  await call(deployment, `/v1/orgs/${org}/analytics-settings`, { retention_days: 3_650 });
  await vitrine(deployment, ["users", "import", tenant.usersFile, "--org", org, "--quiet"], key);
  await vitrine(deployment, ["import-events", tenant.eventsFile, "--org", org, "--quiet"], key);
  return key;
}

async function call(deployment: Site, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${deployment.operatorKey}`, "content-type": "application/json" };
  const response = await fetch(deployment.url + path, {
    method: "PATCH",
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
}

/** Resolves when the large organisation's users have all their page views. */
export async function untilFolded(
  url: string,
  key: string,
  { expected, tenants }: ReferenceData,
): Promise<void> {
  const wanted = [...expected.values()].reduce((sum, { pageViews }) => sum + pageViews, 0);
  if (tenants.length === 0) throw new Error("There are no organisations");
  for (;;) {
    const { items } = await walkUsers(url, key, { org: "org-1", sort: "name" });
    const seen = items.reduce((sum, { page_views }) => sum + page_views, 0);
    const ofFirst = items.reduce((sum, { id }) => sum + (expected.get(id)?.pageViews ?? 0), 0);
    if (seen === ofFirst) return;
    console.error(`Folding: ${seen} of ${ofFirst} page views (${wanted} in all)`);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}
