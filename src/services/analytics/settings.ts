import type { Ctx } from "../../deps.ts";
import { settingsQuery, updateSettings } from "../../db/queries/org-users-settings.ts";
import type { AnalyticsSettings, StoredSettings } from "../../db/queries/org-users-settings.ts";
import { requirePermission } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { openZone } from "../../domain/zone.ts";
import { auditLine } from "../audit/line.ts";
import { noSuchOrg } from "../orgs/asker.ts";
import { forgetVersion } from "./answers.ts";

export type { AnalyticsSettings } from "../../db/queries/org-users-settings.ts";

export const RETENTION_DAYS = { min: 31, max: 3_650 };

export async function getSettings(ctx: Ctx<"db">, org: string): Promise<AnalyticsSettings> {
  const orgId = requirePermission(ctx.actor, "stats:read", org);
  return found(await settingsQuery(ctx.db, orgId).get(), org);
}

/** Sets what is given. Fewer days of retention begin to hold with the next sweep. Throws `invalid_input` for a zone. */
export async function changeSettings(
  ctx: Ctx<"db" | "clock" | "isolate">,
  org: string,
  changes: Partial<AnalyticsSettings>,
): Promise<AnalyticsSettings> {
  const idOrSlug = requirePermission(ctx.actor, "org:write", org);
  const timeZone = changes.timeZone === undefined ? undefined : zoneName(changes.timeZone);
  const facts = {
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
    ...(changes.retentionDays === undefined ? {} : { retention_days: changes.retentionDays }),
  };
  const audit = auditLine(ctx, "analytics.settings_changed", { facts });
  const settings = found(await updateSettings(ctx.db, idOrSlug, { ...changes, timeZone }, audit), org);
  forgetVersion(ctx, settings.orgId);
  return settings;
}

function found(settings: StoredSettings | undefined, org: string): StoredSettings {
  if (settings === undefined) throw noSuchOrg(org);
  return settings;
}

function zoneName(given: string): string {
  const zone = openZone(given);
  // The engine's own name may be an older one, Asia/Katmandu for Asia/Kathmandu: there it only sets the letters' case.
  if (zone !== null) return zone.name.toLowerCase() === given.toLowerCase() ? zone.name : given;
  const errors = [{ path: "time_zone", message: "Expected the name of a time zone such as Europe/Berlin" }];
  throw new AppError("invalid_input", { detail: `There is no time zone "${given}"`, errors });
}
