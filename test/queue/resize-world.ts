import { sha256Hex } from "../../src/domain/digest.ts";
import { originalKey } from "../../src/domain/image.ts";
import {
  createMemoryPlatform,
  type MemoryDeps,
  type MemoryPlatform,
  openMemoryDeps,
} from "../../src/platform/memory/open.ts";
import type { Job } from "../../src/ports/jobs.ts";
import { consume, consumeDeadLetters } from "../../src/queue/consumer.ts";
import type { QueueMessage } from "../../src/queue/message.ts";
import { relayOutbox } from "../../src/services/outbox.ts";
import { addContent, addImage } from "../services/images/image-rows.ts";

export interface ResizeWorld {
  platform: MemoryPlatform;
  sha256: string;
  job: Job;
}

/** An uploaded image of an organisation with two webhooks, and of a person: its job waits in the queue. */
export async function openWorld(bytes: Uint8Array<ArrayBuffer>): Promise<ResizeWorld> {
  const platform = await createMemoryPlatform();
  const { client } = platform;
  const sha256 = await sha256Hex(bytes);
  await client.batch(
    [
      "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES ('u1', 'Ada', 'ada@shop.example', 1, 0, 0)",
      "INSERT INTO organisations (id, slug, name, created_at) VALUES ('org_1', 'acme', 'Acme', 0)",
      `INSERT INTO webhooks (id, org_id, url, secret, events, created_at) VALUES
        ('wh_1', 'org_1', 'https://a.example', 's', '["image.ready","image.failed"]', 0),
        ('wh_2', 'org_1', 'https://b.example', 's', '["image.ready","image.failed"]', 0)`,
    ],
    "write",
  );
  await platform.blobs.put(originalKey(sha256), bytes, "image/png");
  await addContent(client, { sha256, format: "png" });
  await addImage(client, { id: "img_org", sha256, orgId: "org_1" });
  await addImage(client, { id: "img_person", sha256, userId: "u1" });
  const job = { id: "job_1", kind: "images.resize", payload: { sha256 } };
  await platform.jobs.send([job]);
  return { platform, sha256, job };
}

/** Delivers with `deps` whatever is queued or dead until nothing is, an hour between; what webhooks are sent is not sent. */
export async function runAll({ platform }: ResizeWorld, deps: MemoryDeps): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await platform.jobs.drain(async (batch) => {
      for (const message of batch) {
        const { kind } = message.body as Job;
        if (kind === "images.resize") await consume(deps, [message]);
        else message.ack();
      }
    });
    for (const job of platform.jobs.dead.splice(0)) await buryDead(deps, job);
    if (platform.jobs.queued.length === 0 && (await relayOutbox(openMemoryDeps(platform))) === 0) return;
    platform.clock.advance(3_600_000);
  }
  throw new Error("The work never ends");
}

async function buryDead(deps: MemoryDeps, job: Job): Promise<void> {
  for (let attempts = 1; ; attempts++) {
    let acked = false;
    const answer = { ack: () => void (acked = true), retry: () => undefined };
    await consumeDeadLetters(deps, [{ id: `dead_${job.id}`, body: job, attempts, ...answer }]);
    if (acked) return;
  }
}

export interface Answered extends QueueMessage {
  answer: "acked" | number | null;
}

export function messageOf(job: Job, attempts = 1): Answered {
  const made: Answered = {
    id: "m1",
    body: job,
    attempts,
    answer: null,
    ack: () => void (made.answer = "acked"),
    retry: (delaySeconds) => void (made.answer = delaySeconds),
  };
  return made;
}

/** All that is left once the work has ended, without the times at which it did. */
export async function outcomeOf({ platform }: ResizeWorld) {
  const rows = async (sql: string) =>
    (await platform.client.execute(sql)).rows.map((row) => ({ ...row }) as Record<string, unknown>);
  const contents = await rows(
    `SELECT sha256, state, error_code, width, height, has_alpha, thumbhash,
      CASE WHEN state = 'ready' THEN variants END AS variants FROM image_contents ORDER BY sha256`,
  );
  const told = await rows(
    "SELECT webhook_id, event, payload ->> '$.data.id' AS image FROM webhook_deliveries ORDER BY webhook_id, event",
  );
  const jobs = await rows(
    `SELECT count(DISTINCT outbox.id) AS jobs, count(DISTINCT delivery.id) AS deliveries FROM webhook_deliveries AS delivery
      LEFT JOIN outbox ON outbox.payload ->> '$.delivery' = delivery.id`,
  );
  const unsent = await rows("SELECT id FROM outbox WHERE sent_at IS NULL");
  const dead = await rows("SELECT id, kind FROM dead_letters WHERE redriven_at IS NULL ORDER BY id");
  const blobs = await platform.blobs.list("", 1_000);
  return { contents, told, jobs, unsent, dead, blobs };
}
