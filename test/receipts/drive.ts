import { newIsolate } from "../../src/platform/isolate.ts";
import { MemoryEdgeCache } from "../../src/platform/memory/edge-cache.ts";
import { openMemoryDeps, type MemoryDeps } from "../../src/platform/memory/open.ts";
import { newReceipt, type Receipt } from "../../src/ports/receipt.ts";
import { consume } from "../../src/queue/consumer.ts";
import type { Counts, Driven } from "../../scripts/cost/receipts.ts";
import type { Credential } from "../http/credentials.ts";
import { ORIGIN } from "../http/open-app.ts";
import { isForgery, refusal, type Operation } from "../http/sweep.ts";
import { goodRequest, openPlace, type Asked, type Place } from "./fixtures.ts";

/** Jobs that speak with servers elsewhere, or are of the clock. */
const NOT_RUN = new Set(["webhooks.deliver"]);

interface Spot {
  isolate: MemoryDeps["isolate"];
  edgeCache: MemoryEdgeCache;
}

export function newSpot({ t }: Place): Spot {
  return { isolate: newIsolate(), edgeCache: new MemoryEdgeCache(t.platform.clock) };
}

async function drain(response: Response): Promise<void> {
  if (response.headers.get("content-type")?.startsWith("text/event-stream") !== true)
    return void (await response.arrayBuffer());
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
}

async function runSent({ t: { platform } }: Place): Promise<Receipt> {
  platform.jobs.queued = platform.jobs.queued.filter(({ job }) => !NOT_RUN.has(job.kind));
  if (platform.jobs.queued.length > 0) platform.clock.advance(1_000);
  const receipt = newReceipt();
  const deps = openMemoryDeps(platform, { receipt });
  await platform.jobs.drain((messages) => consume(deps, messages));
  await deps.lifetime.settle();
  return receipt;
}

export interface Answered {
  status: number;
  counts: Counts;
}

/** One request from `spot`, all that follows from it, and the receipts of both. */
export async function spend(place: Place, spot: Spot, { target, init }: Asked): Promise<Answered> {
  const { app, platform } = place.t;
  const { billed } = place;
  billed.rows = 0;
  platform.jobs.queued = [];
  const receipt = newReceipt();
  const deps = openMemoryDeps(platform, { ...spot, receipt });
  const response = await app.fetch(new Request(new URL(target, ORIGIN), init), deps);
  await drain(response);
  await deps.lifetime.settle();
  const job = await runSent(place);
  const counts: Counts = {
    trips: receipt.dbTrips,
    kvReads: receipt.kvReads,
    kvWrites: receipt.kvWrites + receipt.kvDeletes,
    blobReads: receipt.blobReads,
    blobWrites: receipt.blobWrites,
    edge: receipt.edgeReads + receipt.edgeWrites,
    messages: receipt.messages,
    rowsRead: receipt.rowsRead,
    rowsWritten: receipt.rowsWritten,
    rowsBilled: billed.rows,
    jobTrips: job.dbTrips,
    jobBlobReads: job.blobReads,
    jobBlobWrites: job.blobWrites,
  };
  return { status: response.status, counts };
}

/** Open to all, and made for who is signed in. */
const ABOUT_ONESELF = new Set(["/api/auth/get-session", "/api/auth/sign-out"]);

/** Of those whom the document lets in, the people first; of what is open to all, nobody. */
function candidates(operation: Operation, { world }: Place): Credential[] {
  const isForAll = operation.security.length === 0 && !ABOUT_ONESELF.has(operation.path);
  const order = isForAll ? ["none", "person", "key", "operator"] : ["person", "key", "none", "operator"];
  const letIn = world.credentials.filter((one) => {
    const isOurs = one.tenant !== "foreign" && one.kind !== "bad" && one.cookie === undefined;
    return isOurs && !isForgery(operation, one) && refusal(operation, one, "own") === null;
  });
  return letIn.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function succeeds(status: number): boolean {
  return status >= 200 && status < 400;
}

interface Found extends Answered {
  credential: string;
}

/** Asks from new isolates as one after the other until one is answered well; where nobody is, the statuses are told. */
async function askCold(operation: Operation, place: Place): Promise<Found> {
  const told: string[] = [];
  for (const credential of candidates(operation, place)) {
    const asked = await goodRequest(operation, place, credential);
    const answered = await spend(place, newSpot(place), asked);
    if (succeeds(answered.status)) return { ...answered, credential: credential.name };
    told.push(`${credential.name}: ${answered.status}`);
  }
  throw new Error(`${operation.name} succeeds for nobody: ${told.join(", ")}`);
}

function credentialOf({ world }: Place, name: string): Credential {
  const found = world.credentials.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no credential "${name}"`);
  return found;
}

/** What names itself by a key of a site, which nothing else makes known. */
const KNOWN_BY_ITSELF = new Set(["POST /v1/collect"]);

/** Makes an isolate know who asks, and load the index: by other questions than the one that is measured. */
async function warmUp(
  place: Place,
  spot: Spot,
  { authorization }: Credential,
  asked: Asked | null,
): Promise<void> {
  const headers: HeadersInit = authorization === null ? {} : { authorization };
  for (const target of ["/v1/orgs", "/v1/search?q=something+else"]) {
    if (target === "/v1/orgs" && authorization === null) continue;
    const { status } = await spend(place, spot, { target, init: { headers } });
    if (status !== 200) throw new Error(`Warming up: ${target} answers ${status}`);
  }
  if (asked !== null) await spend(place, spot, asked);
}

async function askWarm(operation: Operation, place: Place, name: string): Promise<Omit<Driven, "cold">> {
  const credential = credentialOf(place, name);
  const asked = await goodRequest(operation, place, credential);
  const spot = newSpot(place);
  await warmUp(place, spot, credential, KNOWN_BY_ITSELF.has(operation.name) ? asked : null);
  const { status, counts } = await spend(place, spot, asked);
  const again = operation.method === "GET" ? (await spend(place, spot, asked)).counts : null;
  return { status, warm: counts, again };
}

/** Asks once from a new isolate and data centre, once from one that is warm, and where it only reads, once more. */
export async function drive(operation: Operation, open: () => Promise<Place> = openPlace): Promise<Driven> {
  const first = await open();
  const cold = await askCold(operation, first).finally(() => leave(first, operation));
  const second = operation.method === "GET" ? first : await open();
  const warm = await askWarm(operation, second, cold.credential).finally(() => second.t.platform.close());
  if (cold.status !== warm.status)
    throw new Error(`${operation.name} answers ${cold.status} cold and ${warm.status} warm`);
  return { ...warm, cold: cold.counts };
}

/** What only reads is asked in one place. */
function leave({ t }: Place, { method }: Operation): void {
  if (method !== "GET") t.platform.close();
}

/** Asks from a new isolate, and twice from one where `first` and a search have been asked. */
export async function askTwice(place: Place, asked: Asked, first: Asked): Promise<Driven> {
  const cold = await spend(place, newSpot(place), asked);
  const spot = newSpot(place);
  await spend(place, spot, first);
  await spend(place, spot, { target: "/v1/search?q=something+else", init: {} });
  const { status, counts } = await spend(place, spot, asked);
  const again = await spend(place, spot, asked);
  return { status, cold: cold.counts, warm: counts, again: again.counts };
}
