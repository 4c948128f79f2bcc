import type { App } from "../openapi.ts";
import { registerChangeMember } from "./change-member.ts";
import { registerCreateApiKey } from "./create-api-key.ts";
import { registerCreateOrg } from "./create-org.ts";
import { registerCreateSiteKey } from "./create-site-key.ts";
import { registerGetOrg } from "./get-org.ts";
import { registerInviteMember } from "./invite-member.ts";
import { registerListApiKeys } from "./list-api-keys.ts";
import { registerListMembers } from "./list-members.ts";
import { registerListOrgs } from "./list-orgs.ts";
import { registerListSiteKeys } from "./list-site-keys.ts";
import { registerRemoveMember } from "./remove-member.ts";
import { registerRevokeApiKey } from "./revoke-api-key.ts";
import { registerRotateApiKey } from "./rotate-api-key.ts";
import { registerRevokeSiteKey } from "./revoke-site-key.ts";
import { registerUpdateOrg } from "./update-org.ts";

export function registerOrgRoutes(app: App): void {
  registerCreateOrg(app);
  registerListOrgs(app);
  registerGetOrg(app);
  registerUpdateOrg(app);
  registerListMembers(app);
  registerInviteMember(app);
  registerChangeMember(app);
  registerRemoveMember(app);
  registerCreateApiKey(app);
  registerListApiKeys(app);
  registerRevokeApiKey(app);
  registerRotateApiKey(app);
  registerCreateSiteKey(app);
  registerListSiteKeys(app);
  registerRevokeSiteKey(app);
}
