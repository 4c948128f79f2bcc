import type { App } from "../openapi.ts";
import { registerCreateApiKey } from "./create-api-key.ts";
import { registerCreateOrg } from "./create-org.ts";
import { registerGetOrg } from "./get-org.ts";
import { registerListApiKeys } from "./list-api-keys.ts";
import { registerListOrgs } from "./list-orgs.ts";
import { registerRevokeApiKey } from "./revoke-api-key.ts";

export function registerOrgRoutes(app: App): void {
  registerCreateOrg(app);
  registerListOrgs(app);
  registerGetOrg(app);
  registerCreateApiKey(app);
  registerListApiKeys(app);
  registerRevokeApiKey(app);
}
