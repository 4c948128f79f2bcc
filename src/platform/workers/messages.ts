/** A delivery as src/queue/message.ts describes it. */
interface Delivery {
  id: string;
  body: unknown;
  attempts: number;
  ack(): void;
  retry(delaySeconds: number): void;
}

/**
 * Hands a batch to `consume`. Workers take a message that nobody answered for done: here it is delivered again, as is
 * everything unanswered when `consume` throws.
 */
export async function deliver(
  batch: MessageBatch<unknown>,
  consume: (messages: readonly Delivery[]) => Promise<void>,
): Promise<void> {
  const answered = new Set<string>();
  const deliveries = batch.messages.map((message) => ({
    id: message.id,
    body: message.body,
    attempts: message.attempts,
    ack: () => {
      answered.add(message.id);
      message.ack();
    },
    retry: (delaySeconds: number) => {
      answered.add(message.id);
      message.retry({ delaySeconds });
    },
  }));
  try {
    await consume(deliveries);
  } finally {
    for (const message of batch.messages) if (!answered.has(message.id)) message.retry();
  }
}
