import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryDeps, MemoryPlatform } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { listDeliveries } from "../../src/services/webhooks/deliveries.ts";
import type { Delivery } from "../../src/services/webhooks/deliveries.ts";
import { createWebhook, getWebhook } from "../../src/services/webhooks/webhooks.ts";
import type { Webhook } from "../../src/services/webhooks/webhooks.ts";
import { addMember, addPerson, asOperator, asPerson } from "../orgs/people.ts";
import type { PersonCtx } from "../orgs/people.ts";
import { openReceiver } from "./receiver.ts";
import type { Receiver } from "./receiver.ts";

/** An organisation whose owner has one webhook, and the server that it leads to. */
export interface World {
  platform: MemoryPlatform;
  receiver: Receiver;
  owner: PersonCtx;
  org: string;
  hook: Webhook & { secret: string };
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const [platform, receiver] = await Promise.all([createMemoryPlatform(), openReceiver()]);
  const { id: org } = await createOrg(asOperator(platform), { name: "Acme", slug: "acme" });
  await addPerson(platform, "owner");
  await addMember(platform, org, "owner", "owner");
  const owner = await asPerson(platform, "owner");
  const hook = await createWebhook(owner, { org, url: receiver.url, events: ["image.ready"] });
  const close = async (): Promise<void> => {
    await receiver.close();
    platform.close();
  };
  return { platform, receiver, owner, org, hook, close };
}

/** Runs the jobs that are due. */
export async function drain({ platform }: World, overrides: Partial<MemoryDeps> = {}): Promise<number> {
  const deps = openMemoryDeps(platform, overrides);
  const deliveries = await platform.jobs.drain((batch) => consume(deps, batch));
  await deps.lifetime.settle();
  return deliveries;
}

/** The newest first. */
export async function deliveriesOf({ owner, org, hook }: World): Promise<Delivery[]> {
  return (await listDeliveries(owner, { org, id: hook.id }, { cursor: null, limit: 100 })).items;
}

export function hookOf({ owner, org, hook }: World): Promise<Webhook> {
  return getWebhook(owner, { org, id: hook.id });
}
