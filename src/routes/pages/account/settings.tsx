import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError } from "../../../domain/errors.ts";
import { changeSettings, getSettings, RETENTION_DAYS } from "../../../services/analytics/settings.ts";
import { updateOrg } from "../../../services/orgs/orgs.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import { SettingsPage } from "../../../web/pages/account/settings-page.tsx";
import { type App, type AppEnv, ctxOf } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { doneHref, doneOf } from "./addresses.ts";
import { attempt, readForm, textOf } from "./form.ts";
import { orgOfPage } from "./guard.ts";

const DONE = { name: "The name is saved.", analytics: "The dashboard's settings are saved." } as const;
const FIELDS = { name: ["name"], analytics: ["time_zone", "retention_days"] } as const;
type Part = keyof typeof FIELDS;

async function show(
  c: Context<AppEnv>,
  sent: Part | null,
  state: FormState,
  status = 200,
): Promise<Response> {
  const [org, settings] = await Promise.all([
    orgOfPage(c, "org:write"),
    getSettings(ctxOf(c), c.req.param("org") ?? ""),
  ]);
  const page = (
    <SettingsPage
      org={org}
      timeZone={settings.timeZone}
      retentionDays={settings.retentionDays}
      retentionLimits={RETENTION_DAYS}
      sent={sent}
      state={state}
      done={doneOf(c, DONE)}
    />
  );
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

function daysOf(form: URLSearchParams): number {
  const { min, max } = RETENTION_DAYS;
  const text = textOf(form, "retention_days").trim();
  const days = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (days >= min && days <= max) return days;
  const errors = [
    { path: "retention_days", message: `Enter a whole number of days, from ${min} to ${max}.` },
  ];
  throw new AppError("invalid_input", { detail: "The retention is not valid", errors });
}

async function save(c: Context<AppEnv>, part: Part, form: URLSearchParams, org: string): Promise<unknown> {
  if (part === "name") return updateOrg(ctxOf(c), { org, name: textOf(form, "name") });
  const timeZone = textOf(form, "time_zone");
  return changeSettings(ctxOf(c), org, { timeZone, retentionDays: daysOf(form) });
}

/** `/orgs/{org}/settings`: for those who may write the organisation. */
export function registerSettingsPage(app: App): void {
  app.get("/orgs/:org/settings", (c) => show(c, null, BLANK));
  app.post("/orgs/:org/settings", async (c) => {
    const form = await readForm(c);
    const { id } = await orgOfPage(c, "org:write");
    const part: Part = form.get("do") === "name" ? "name" : "analytics";
    const refusal = await attempt(form, FIELDS[part], () => save(c, part, form, id));
    if (refusal === null) return c.redirect(doneHref(c, part), 303);
    return show(c, part, refusal.state, refusal.status);
  });
}
