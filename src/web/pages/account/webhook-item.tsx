import { Confirm, Hidden } from "../../components/confirm.tsx";
import { Day } from "../../components/day.tsx";
import { Moment } from "../../components/moment.tsx";
import { WebhookDeliveries } from "./webhook-deliveries.tsx";
import type { PageWebhook } from "./webhook-data.ts";

interface Props {
  webhook: PageWebhook;
  index: number;
}

/** One webhook: how it stands, what can be done with it, and what was sent to it last. */
export function WebhookItem({ webhook, index }: Props) {
  const { id, url, events, createdAt, disabledAt } = webhook;
  return (
    <li class="webhook">
      <h3 class="webhook-url code">{url}</h3>
      <p class="webhook-facts">
        <State webhook={webhook} />
        <span class="muted">
          Added <Day at={createdAt} />
        </span>
      </p>
      <Trouble webhook={webhook} />
      <ul class="tags" aria-label="Events">
        {events.map((event) => (
          <li class="tag code">{event}</li>
        ))}
      </ul>
      <div class="webhook-actions">
        {disabledAt === null ? <Act deed="test" webhook={id} about={url} label="Send a test" /> : null}
        {disabledAt === null ? (
          <Act deed="disable" webhook={id} about={url} label="Disable" />
        ) : (
          <Act deed="enable" webhook={id} about={url} label="Enable" />
        )}
        <Confirm
          id={`rotate-${index}`}
          label="New secret"
          about={url}
          title="Make a new secret?"
          text="For 24 hours messages carry the signatures of both secrets, so that your server can change over in peace."
          action="Make a new secret"
          fields={{ do: "rotate", webhook: id }}
        />
        <Confirm
          id={`delete-${index}`}
          label="Delete"
          about={url}
          title="Delete this webhook?"
          text={`Nothing more is sent to ${url}, and what was sent is forgotten. This cannot be undone.`}
          action="Delete"
          fields={{ do: "delete", webhook: id }}
        />
      </div>
      <WebhookDeliveries webhook={webhook} />
    </li>
  );
}

function State({ webhook: { disabledAt, failingSince } }: { webhook: PageWebhook }) {
  if (disabledAt !== null) return <span class="tag tag-off">Disabled</span>;
  if (failingSince !== null) return <span class="tag tag-wait">Failing</span>;
  return <span class="tag tag-strong">On</span>;
}

function Trouble({ webhook: { disabledAt, disabledReason, failingSince } }: { webhook: PageWebhook }) {
  if (disabledAt !== null)
    return (
      <p class="webhook-trouble">
        Disabled since <Moment at={disabledAt} />
        {disabledReason === null ? "." : `: ${disabledReason}.`}
      </p>
    );
  if (failingSince === null) return null;
  return (
    <p class="webhook-trouble">
      No message has arrived since <Moment at={failingSince} />. After 5 days it is disabled.
    </p>
  );
}

interface ActProps {
  deed: "test" | "disable" | "enable";
  webhook: string;
  about: string;
  label: string;
}

function Act({ deed, webhook, about, label }: ActProps) {
  return (
    <form method="post">
      <Hidden fields={{ do: deed, webhook }} />
      <button class="button button-small" type="submit">
        {label}
        <span class="visually-hidden"> {about}</span>
      </button>
    </form>
  );
}
