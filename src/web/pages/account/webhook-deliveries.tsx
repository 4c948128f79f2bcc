import type { DeliveryState } from "../../../domain/webhook.ts";
import { Hidden } from "../../components/confirm.tsx";
import { Moment } from "../../components/moment.tsx";
import type { PageDelivery, PageWebhook } from "./webhook-data.ts";

const STATES: Readonly<Record<DeliveryState, { word: string; tag: string }>> = {
  waiting: { word: "Waiting", tag: "tag tag-wait" },
  delivered: { word: "Delivered", tag: "tag tag-strong" },
  failed: { word: "Failed", tag: "tag tag-off" },
};

/** What was sent to a webhook last, folded up where all of it arrived. */
export function WebhookDeliveries({ webhook }: { webhook: PageWebhook }) {
  const { id, deliveries, disabledAt } = webhook;
  if (deliveries.length === 0) return <p class="muted webhook-none">Nothing was sent yet.</p>;
  return (
    <details class="webhook-sent" open={deliveries.some(({ state }) => state !== "delivered")}>
      <summary>The last {deliveries.length === 1 ? "message" : `${deliveries.length} messages`}</summary>
      <table class="records">
        <thead>
          <tr>
            <th scope="col">Message</th>
            <th scope="col">State</th>
            <th scope="col">Last answer</th>
            <th scope="col">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <DeliveryRow webhook={id} delivery={delivery} canSend={disabledAt === null} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

interface RowProps {
  webhook: string;
  delivery: PageDelivery;
  canSend: boolean;
}

function DeliveryRow({ webhook, delivery, canSend }: RowProps) {
  const { id, event, state, attempts, dueAt, createdAt } = delivery;
  const { word, tag } = STATES[state];
  return (
    <tr>
      <td>
        <div class="person">
          <span>
            <span class="code">{event}</span>
            <span class="muted">
              <Moment at={createdAt} />
            </span>
          </span>
        </div>
      </td>
      <td data-label="State">
        <span class="webhook-state">
          <span class={tag}>{word}</span>
          {attempts > 1 ? <span class="muted">{attempts} attempts</span> : null}
          {state === "waiting" && attempts > 0 ? (
            <span class="muted">
              next <Moment at={dueAt} />
            </span>
          ) : null}
        </span>
      </td>
      <td data-label="Last answer">
        <Answer delivery={delivery} />
      </td>
      <td>
        {canSend ? (
          <form class="record-actions" method="post">
            <Hidden fields={{ do: "redeliver", webhook, delivery: id }} />
            <button class="button button-small" type="submit">
              Send again
              <span class="visually-hidden">
                {" "}
                {event} of <Moment at={createdAt} />
              </span>
            </button>
          </form>
        ) : null}
      </td>
    </tr>
  );
}

function Answer({ delivery: { lastStatus, lastError } }: { delivery: PageDelivery }) {
  if (lastError !== null) return <span class="webhook-error">{lastError}</span>;
  return lastStatus === null ? <span class="muted">None yet</span> : <span>{lastStatus}</span>;
}
