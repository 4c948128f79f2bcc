import { WEBHOOK_EVENTS } from "../../../domain/webhook.ts";
import type { WebhookEvent } from "../../../domain/webhook.ts";
import { Copyable } from "../../components/copyable.tsx";
import { Desk } from "../../components/desk.tsx";
import type { OrgOfPage } from "../../components/desk.tsx";
import { Field, FieldError } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Problem } from "../../components/notice.tsx";
import type { PageWebhook } from "./webhook-data.ts";
import { WebhookItem } from "./webhook-item.tsx";

/** A secret that was just made: shown now and never again. */
export interface ShownSecret {
  url: string;
  secret: string;
  /** Until when the secret before it is good, too. */
  oldUntil?: number;
}

interface Props {
  org: OrgOfPage;
  webhooks: readonly PageWebhook[];
  max: number;
  state: FormState;
  /** Ticked in the form. */
  ticked: readonly string[];
  shown?: ShownSecret | undefined;
  done?: string | undefined;
}

const EVENT_WORDS: Readonly<Record<WebhookEvent, string>> = {
  "image.ready": "An image is ready",
  "image.failed": "An image could not be read",
};

export function WebhooksPage({ org, webhooks, max, state, ticked, shown, done }: Props) {
  return (
    <Desk
      title="Webhooks"
      lead="We post a signed message to your own server as soon as something happens, and try again where it does not answer."
      org={org}
      section="webhooks"
      failed={Object.keys(state.errors).length > 0}
      done={done}
    >
      {shown === undefined ? null : <NewSecret shown={shown} />}
      <Problem text={state.errors.form} />
      <div class="desk-columns">
        <section class="records-box" aria-labelledby="webhooks-title">
          <h2 id="webhooks-title" class="visually-hidden">
            Your webhooks
          </h2>
          {webhooks.length === 0 ? <NoWebhooks /> : null}
          <ul class="webhooks">
            {webhooks.map((webhook, index) => (
              <WebhookItem webhook={webhook} index={index} />
            ))}
          </ul>
        </section>
        {webhooks.length < max ? <NewWebhookForm state={state} ticked={ticked} /> : <Full max={max} />}
      </div>
    </Desk>
  );
}

function NewSecret({ shown }: { shown: ShownSecret }) {
  return (
    <section class="secret" aria-labelledby="secret-title" tabindex={-1} autofocus>
      <h2 id="secret-title">Copy the secret of {shown.url} now</h2>
      <p>
        This is the only time it is shown. With it your server checks that a message is ours.
        {shown.oldUntil === undefined
          ? null
          : " For 24 hours messages carry the signatures of this secret and of the one before."}
      </p>
      <Copyable id="secret" label="Signing secret" value={shown.secret} />
    </section>
  );
}

function NoWebhooks() {
  return (
    <div class="desk-empty">
      <Icon name="hook" />
      <p>No webhooks yet. Add one, and your server is told when an image is ready, or why it is not.</p>
    </div>
  );
}

function Full({ max }: { max: number }) {
  return (
    <section class="panel" aria-labelledby="full-title">
      <h2 id="full-title">That is all {max}</h2>
      <p>An organisation has at most {max} webhooks: delete one to add another.</p>
    </section>
  );
}

function NewWebhookForm({ state, ticked }: Pick<Props, "state" | "ticked">) {
  const error = state.errors.events;
  const isFirstWrong = error !== undefined && Object.keys(state.errors)[0] === "events";
  return (
    <section class="panel" aria-labelledby="create-title">
      <h2 id="create-title">Add a webhook</h2>
      <form class="form" method="post">
        <input type="hidden" name="do" value="create" />
        <Field
          name="url"
          label="Address"
          state={state}
          hint="Of your server, for example https://shop.example/hooks"
          attributes={{
            required: true,
            maxlength: 2_000,
            inputmode: "url",
            spellcheck: "false",
            autocomplete: "off",
            autocapitalize: "off",
          }}
        />
        <fieldset class="field" aria-describedby={error === undefined ? undefined : "events-error"}>
          <legend>Tell it when</legend>
          <div class="checks">
            {WEBHOOK_EVENTS.map((event, index) => (
              <label class="checkbox">
                <input
                  type="checkbox"
                  name="events"
                  value={event}
                  checked={ticked.includes(event)}
                  autofocus={isFirstWrong && index === 0}
                />
                <span>
                  {EVENT_WORDS[event]} <small class="code">{event}</small>
                </span>
              </label>
            ))}
          </div>
          <FieldError id="events" error={error} />
        </fieldset>
        <div class="form-actions">
          <button class="button button-primary" type="submit">
            Add webhook
          </button>
        </div>
      </form>
    </section>
  );
}
