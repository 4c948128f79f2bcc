import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { keepDeadLetter } from "../../src/services/dead-letters.ts";
import { signUp } from "../accounts/people.ts";
import { openApp, operatorHeaders, problemOf, type TestApp } from "./open-app.ts";
import { form, isOperatorIn, signInOperator } from "./ops-visit.ts";

let t: TestApp;
beforeEach(async () => {
  t = await openApp();
});
afterEach(() => t.platform.close());

async function bury(count: number, kind = "webhooks.deliver"): Promise<void> {
  for (let i = 0; i < count; i++) {
    const id = `job_${kind}_${String(i).padStart(3, "0")}`;
    const body = { id, kind, payload: { delivery: `msg_${i}` } };
    const failed = { messageId: id, body, reason: `internal: <b>reason</b> ${i}`, attempts: 6 };
    await keepDeadLetter(openMemoryDeps(t.platform), failed);
  }
}

describe("the operator's pages", () => {
  it("are nobody else's", async () => {
    const ada = await signUp(t, "Ada");
    const key = { authorization: `Bearer ${t.platform.config.operatorKey}` };
    for (const headers of [{}, ada.cookie, ada.bearer, key]) {
      expect(await isOperatorIn(t, headers)).toBe(false);
      const live = await t.call("/ops/live", { headers });
      expect(await problemOf(live)).toMatchObject({ status: 401, code: "unauthorized" });
      const redrive = await t.call("/ops/dead-letters", form({ do: "redrive", letter: "x" }, headers));
      expect([redrive.status, redrive.headers.get("location")]).toEqual([303, "/ops/sign-in"]);
    }
  });

  it("make no operator of who asks the API", async () => {
    const headers = await signInOperator(t);
    for (const path of ["/v1/admin/metrics", "/v1/admin/dead-letters", "/metrics"])
      expect((await t.call(path, { headers })).status).toBe(401);
  });

  it("take forms of this origin alone", async () => {
    const headers = await signInOperator(t);
    await bury(1);
    const foreign = { ...headers, origin: "https://evil.example" };
    const redrive = { do: "redrive", letter: "dl_job_webhooks.deliver_000" };
    expect((await t.call("/ops/dead-letters", form(redrive, foreign))).status).toBe(403);
    expect(t.platform.jobs.sent).toEqual([]);
    expect((await t.call("/ops/sign-out", form({}, foreign))).status).toBe(403);
    const key = String(t.platform.config.operatorKey);
    expect((await t.call("/ops/sign-in", form({ key }, foreign))).status).toBe(403);
    expect(await isOperatorIn(t, headers)).toBe(true);
  });

  it("count attempts to sign in", async () => {
    const policy = { limit: 600, windowSeconds: 60 };
    const rateLimits = { read: policy, write: policy, sensitive: { limit: 2, windowSeconds: 60 } };
    const limited = await openApp({ config: { rateLimits: true }, rateLimits });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++)
      statuses.push((await limited.call("/ops/sign-in", form({ key: "guess" }))).status);
    expect(statuses).toEqual([401, 401, 429]);
    limited.platform.close();
  });

  it("show what was asked, and the other parts where the metrics are away", async () => {
    const headers = await signInOperator(t);
    await t.call("/v1/products/none");
    const html = await (await t.call("/ops", { headers })).text();
    expect(html).toContain("<code>GET /v1/products/:id</code>");
    expect(html).toContain('<span class="bar-name code">not_found</span>');
    const refuse = (): Promise<never> => Promise.reject(new Error("the hub is away"));
    const metricsHub = { waitMs: 0, push: refuse, totals: refuse, overview: refuse };
    const answer = await t.call("/ops", { headers }, { metricsHub });
    const away = await answer.text();
    expect(answer.status).toBe(200);
    expect(away).toContain("The metrics do not answer just now");
    expect(away).toContain("None wait: nothing has failed for good.");
  });

  it("read any address, and show its words as text", async () => {
    const headers = await signInOperator(t);
    const odd = [
      "minutes=9e9",
      "sort=__proto__",
      "route=%3Cscript%3E",
      "cursor=forged",
      "statements=constructor",
    ];
    for (const query of odd) {
      const answer = await t.call(`/ops?${query}`, { headers });
      expect([query, answer.status]).toEqual([query, 200]);
      expect(await answer.text()).not.toContain("<script>");
    }
  });
});

describe("dead letters", () => {
  it("are shown with their reason as text, and redriven one by one", async () => {
    const headers = await signInOperator(t);
    await bury(2);
    const html = await (await t.call("/ops", { headers })).text();
    expect(html).toContain("internal: &lt;b&gt;reason&lt;/b&gt; 1");
    expect(html).toContain("webhooks.deliver (2)");
    const redrive = form({ do: "redrive", letter: "dl_job_webhooks.deliver_001" }, headers);
    const done = await t.call("/ops/dead-letters", redrive);
    expect([done.status, done.headers.get("location")]).toEqual([303, "/ops?done=redriven#told"]);
    expect(t.platform.jobs.sent).toMatchObject([
      { kind: "webhooks.deliver", payload: { delivery: "msg_1" } },
    ]);
    const again = await t.call("/ops/dead-letters", redrive);
    expect(again.headers.get("location")).toBe("/ops?done=gone#told");
  });

  it("are redriven by kind, in steps, but for those that came since", async () => {
    const headers = await signInOperator(t);
    await bury(103);
    await bury(1, "images.resize");
    const until = String(t.platform.clock.now());
    t.platform.clock.advance(1_000);
    await bury(105);
    const step = async (): Promise<unknown> => {
      const fields = { do: "redrive-all", kind: "webhooks.deliver", until };
      const answer = await t.call(
        "/ops/dead-letters",
        form(fields, { ...headers, accept: "application/json" }),
      );
      return answer.json();
    };
    expect(await step()).toEqual({ redriven: 100, has_more: true });
    expect(await step()).toEqual({ redriven: 3, has_more: false });
    expect(await step()).toEqual({ redriven: 0, has_more: false });
    const html = await (await t.call("/ops", { headers })).text();
    expect(html).toContain("webhooks.deliver (2)");
    expect(html).toContain("images.resize (1)");
  });

  it.each<Record<string, string>>([
    { do: "explode" },
    { do: "redrive-all", kind: "x" },
    { do: "redrive-all", until: "tomorrow" },
  ])("refuse the form %j", async (fields) => {
    const answer = await t.call("/ops/dead-letters", form(fields, await signInOperator(t)));
    expect(answer.status).toBe(422);
  });
});

describe("experiments", () => {
  async function start(name: string): Promise<void> {
    const headers = { ...operatorHeaders(t.platform), "content-type": "application/json" };
    const description = "<b>bold</b>";
    const body = JSON.stringify({ name, parameter: "search_page_size", treatment: 40, description });
    expect((await t.call("/v1/admin/experiments", { method: "POST", headers, body })).status).toBe(201);
  }

  it("are shown as text and ended once, as the first said", async () => {
    const headers = await signInOperator(t);
    await start("longer");
    const html = await (await t.call("/ops", { headers })).text();
    expect(html).toContain("&lt;b&gt;bold&lt;/b&gt;");
    const end = async (decision: string, name = "longer"): Promise<string | null> =>
      (await t.call("/ops/experiments", form({ name, decision }, headers))).headers.get("location");
    expect(await end("treatment")).toBe("/ops?done=ended#told");
    expect(await end("control")).toBe("/ops?done=ended-before#told");
    expect(await end("control", "no-such")).toBe("/ops?done=ended-before#told");
    const shown = await (await t.call("/ops", { headers })).text();
    expect(shown).not.toContain("End with the treatment");
    const { rows } = await t.platform.client.execute("SELECT decision FROM experiments");
    expect(rows.map(({ decision }) => decision)).toEqual(["treatment"]);
  });

  it("are ended by nobody else, nor by another word", async () => {
    await start("longer");
    const ada = await signUp(t, "Ada");
    const ended = { name: "longer", decision: "treatment" };
    for (const headers of [{}, ada.cookie, operatorHeaders(t.platform)]) {
      const answer = await t.call("/ops/experiments", form(ended, headers));
      expect([answer.status, answer.headers.get("location")]).toEqual([303, "/ops/sign-in"]);
    }
    const headers = await signInOperator(t);
    const foreign = form(ended, { ...headers, origin: "https://evil.example" });
    expect((await t.call("/ops/experiments", foreign)).status).toBe(403);
    const odd = form({ name: "longer", decision: "__proto__" }, headers);
    expect((await t.call("/ops/experiments", odd)).status).toBe(422);
    expect(await (await t.call("/ops", { headers })).text()).toContain("End with the treatment");
  });
});
