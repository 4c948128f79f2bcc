import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { postJson, signUp } from "../accounts/people.ts";
import type { Person } from "../accounts/people.ts";
import { ORIGIN, openApp } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";

const SENSITIVE = 3;
const MANY = { limit: 1_000, windowSeconds: 60 };

let t: TestApp;
beforeEach(async () => {
  const rateLimits = { read: MANY, write: MANY, sensitive: { limit: SENSITIVE, windowSeconds: 60 } };
  t = await openApp({ config: { rateLimits: true }, rateLimits });
});
afterEach(() => t.platform.close());

/** The first answers, and the one after the limit, which says when to come again. */
async function burst(send: (i: number) => Promise<Response>): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < SENSITIVE; i++) statuses.push((await send(i)).status);
  const refused = await send(SENSITIVE);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
  return statuses;
}

/** Each request from a client of its own. */
const from = (i: number) => ({ clientAddress: `203.0.113.${i}` });

describe("a burst", () => {
  test("at one account from many clients is slowed", async () => {
    const wrong = { email: "ada@shop.example", password: "a wrong password" };
    const answers = await burst((i) => postJson(t, "/api/auth/sign-in/email", wrong, {}, from(i)));
    expect(answers).toEqual([401, 401, 401]);
  });

  test("at many accounts from one client is slowed", async () => {
    const wrong = (i: number) => ({ email: `person-${i}@shop.example`, password: "a wrong password" });
    const answers = await burst((i) => postJson(t, "/api/auth/sign-in/email", wrong(i), {}, from(9)));
    expect(answers).toEqual([401, 401, 401]);
  });
});

describe("invitations, which send mails to anybody, are slowed", () => {
  const people: Person[] = [];
  beforeEach(async () => {
    people.length = 0;
    for (const name of ["Ada", "Bob", "Cleo", "Dora"]) {
      const person = await signUp(
        { ...t, call: (path, init) => t.call(path, init, from(name.length + people.length * 16)) },
        name,
      );
      await postJson(t, "/v1/orgs", { name, slug: name.toLowerCase() }, person.bearer);
      people.push(person);
    }
  });

  test("of one person, by the page's form as by the API", async () => {
    const [{ cookie }] = people;
    const invite = (i: number) => {
      const body = new URLSearchParams({ do: "invite", email: `person-${i}@shop.example`, role: "member" });
      const headers = { ...cookie, origin: ORIGIN, "content-type": "application/x-www-form-urlencoded" };
      return t.call("/orgs/ada/members", { method: "POST", body: body.toString(), headers });
    };
    expect(await burst(invite)).toEqual([303, 303, 303]);
  });

  test("to one address, whoever invites it", async () => {
    const invitation = { email: "victim@shop.example", role: "member" };
    const slugs = ["ada", "bob", "cleo", "dora"];
    const invite = (i: number) => postJson(t, `/v1/orgs/${slugs[i]}/members`, invitation, people[i].bearer);
    expect(await burst(invite)).toEqual([202, 202, 202]);
  });
});
