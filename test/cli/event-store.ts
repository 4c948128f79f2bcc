import { serve, type Service } from "./service.ts";

type Fields = Record<string, unknown>;

/** A stand-in for the routes that take events, which keeps each id once and can be told to fail. */
export interface FakeEvents extends Service {
  events: Map<string, Fields>;
  /** Paths and sizes of the requests taken. */
  requests: { path: string; lines: number }[];
  /** Answers for the next imports, before any is taken; `null` takes it. */
  failures: (Response | null)[];
  /** So many requests are let wait for each other before any is taken. */
  together: number;
  /** `null`: the credential may not see it. */
  retentionDays: number | null;
  /** What `GET /v1/orgs` answers. */
  orgs: string[];
}

export async function startEvents(): Promise<FakeEvents> {
  const events: FakeEvents["events"] = new Map();
  const requests: FakeEvents["requests"] = [];
  const failures: FakeEvents["failures"] = [];
  const orgs = ["acme"];
  const waiting: (() => void)[] = [];
  const store: Pick<FakeEvents, "together" | "retentionDays"> = { together: 1, retentionDays: null };
  const meet = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    // The first is answered before there are more.
    if (requests.length === 0 || waiting.length >= store.together) for (const go of waiting.splice(0)) go();
    await promise;
  };
  const service = await serve(async (request) => {
    const path = new URL(request.url).pathname;
    if (path === "/v1/orgs") {
      return Response.json({ items: orgs.map((slug) => ({ slug })), next_cursor: null });
    }
    if (path.endsWith("/analytics-settings")) {
      return store.retentionDays === null
        ? Response.json({ title: "No", status: 403 }, { status: 403 })
        : Response.json({ time_zone: "UTC", retention_days: store.retentionDays });
    }
    await meet();
    const failure = failures.shift();
    if (failure !== undefined && failure !== null) return failure;
    const lines = (await request.text()).split("\n").filter((line) => line !== "");
    requests.push({ path, lines: lines.length });
    return Response.json(take(lines, events));
  });
  return Object.assign(store, { ...service, events, requests, failures, orgs });
}

function take(lines: readonly string[], events: Map<string, Fields>): Fields {
  const [known, rejected] = [events.size, [] as Fields[]];
  for (const [at, line] of lines.entries()) {
    const event = JSON.parse(line) as Fields;
    if (String(event.user_id).startsWith("bad")) {
      rejected.push({ line: at + 1, code: "invalid_event", detail: "user_id: bad" });
    } else events.set(String(event.id), event);
  }
  const accepted = events.size - known;
  const duplicates = lines.length - accepted - rejected.length;
  return { accepted, duplicates, rejected_count: rejected.length, rejected: rejected.slice(0, 100) };
}
