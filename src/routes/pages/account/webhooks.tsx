import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { WEBHOOK_EVENTS } from "../../../domain/webhook.ts";
import { AppError } from "../../../domain/errors.ts";
import { recentDeliveries, redeliver, sendTest } from "../../../services/webhooks/deliveries.ts";
import { MAX_WEBHOOKS } from "../../../services/webhooks/limits.ts";
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  rotateSecret,
  updateWebhook,
} from "../../../services/webhooks/webhooks.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import { WebhooksPage } from "../../../web/pages/account/webhooks-page.tsx";
import type { ShownSecret } from "../../../web/pages/account/webhooks-page.tsx";
import { type App, type AppEnv, ctxOf } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { doneHref, doneOf } from "./addresses.ts";
import { attempt, readForm, textOf } from "./form.ts";
import type { Refusal } from "./form.ts";
import { orgOfPage } from "./guard.ts";

const DELIVERIES = 5;
const DONE = {
  delete: "The webhook is deleted.",
  disable: "The webhook is disabled: nothing is sent to it.",
  enable: "The webhook is enabled.",
  test: "A test message is on its way. Load this page again to see how it was answered.",
  redeliver: "The message is on its way again. Load this page again to see how it was answered.",
} as const;
type Deed = keyof typeof DONE;

interface Shown {
  state: FormState;
  status?: number;
  ticked?: readonly string[];
  secret?: ShownSecret;
}

async function webhooksOf(c: Context<AppEnv>, org: string) {
  const { items } = await listWebhooks(ctxOf(c), org, { cursor: null, limit: MAX_WEBHOOKS });
  const webhookIds = items.map(({ id }) => id);
  const sent = await recentDeliveries(ctxOf(c), { org, webhookIds, limit: DELIVERIES });
  return items.map((webhook) => ({ ...webhook, deliveries: sent.get(webhook.id) ?? [] }));
}

async function show(c: Context<AppEnv>, shown: Shown): Promise<Response> {
  const { state, status = 200, ticked = WEBHOOK_EVENTS, secret } = shown;
  const [org, webhooks] = await Promise.all([
    orgOfPage(c, "webhooks:write"),
    webhooksOf(c, c.req.param("org") ?? ""),
  ]);
  const page = (
    <WebhooksPage
      org={org}
      webhooks={webhooks}
      max={MAX_WEBHOOKS}
      state={state}
      ticked={ticked}
      shown={secret}
      done={secret === undefined && status === 200 ? doneOf(c, DONE) : undefined}
    />
  );
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

/** What makes a secret shows it in its own answer, so it leads on to no other page. */
async function showSecret(
  c: Context<AppEnv>,
  refusal: Refusal | null,
  { made, status, ticked }: { made: readonly ShownSecret[]; status: number; ticked?: readonly string[] },
): Promise<Response> {
  const [secret] = made;
  if (refusal !== null) return show(c, { ...refusal, ...(ticked === undefined ? {} : { ticked }) });
  return show(c, { state: BLANK, status, ...(secret === undefined ? {} : { secret }) });
}

async function create(c: Context<AppEnv>, form: URLSearchParams, org: string): Promise<Response> {
  const ticked = form.getAll("events");
  const events = WEBHOOK_EVENTS.filter((event) => ticked.includes(event));
  const made: ShownSecret[] = [];
  const refusal = await attempt(form, ["url", "events"], async () => {
    if (events.length === 0) {
      const errors = [{ path: "events", message: "Choose at least one." }];
      throw new AppError("invalid_input", { detail: "A webhook without events is told nothing", errors });
    }
    made.push(await createWebhook(ctxOf(c), { org, url: textOf(form, "url").trim(), events }));
  });
  return showSecret(c, refusal, { made, status: 201, ticked });
}

async function rotate(c: Context<AppEnv>, form: URLSearchParams, org: string): Promise<Response> {
  const key = { org, id: textOf(form, "webhook") };
  const made: ShownSecret[] = [];
  const refusal = await attempt(form, [], async () => {
    const { url } = await getWebhook(ctxOf(c), key);
    made.push({ url, ...(await rotateSecret(ctxOf(c), key)) });
  });
  return showSecret(c, refusal, { made, status: 200 });
}

function act(c: Context<AppEnv>, deed: Deed, form: URLSearchParams, org: string): Promise<unknown> {
  const ctx = ctxOf(c);
  const key = { org, id: textOf(form, "webhook") };
  switch (deed) {
    case "delete":
      return deleteWebhook(ctx, key);
    case "disable":
      return updateWebhook(ctx, { ...key, disabled: true });
    case "enable":
      return updateWebhook(ctx, { ...key, disabled: false });
    case "test":
      return sendTest(ctx, key);
    case "redeliver":
      return redeliver(ctx, { ...key, delivery: textOf(form, "delivery") });
    default:
      return deed satisfies never;
  }
}

function deedOf(form: URLSearchParams): Deed {
  const asked = textOf(form, "do");
  if (Object.hasOwn(DONE, asked)) return asked as Deed;
  throw new AppError("invalid_input", `The form does not say what to do: "${asked}"`);
}

/** `/orgs/{org}/webhooks`: where the organisation's own servers are told of what happens. */
export function registerWebhooksPage(app: App): void {
  app.get("/orgs/:org/webhooks", (c) => show(c, { state: BLANK }));
  app.post("/orgs/:org/webhooks", async (c) => {
    const form = await readForm(c);
    const { id: org } = await orgOfPage(c, "webhooks:write");
    if (form.get("do") === "create") return create(c, form, org);
    if (form.get("do") === "rotate") return rotate(c, form, org);
    const deed = deedOf(form);
    const refusal = await attempt(form, [], () => act(c, deed, form, org));
    return refusal === null ? c.redirect(doneHref(c, deed), 303) : show(c, refusal);
  });
}
