import { afterEach, beforeEach, expect, test } from "vitest";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { recordSignIn } from "../../src/services/events/record-sign-in.ts";
import { newMerchant, rowsOf } from "../catalogue/open-catalogue.ts";
import { addMember, addPerson } from "../orgs/people.ts";
import { openEvents } from "./open-events.ts";
import type { EventsApp } from "./open-events.ts";

let t: EventsApp;
beforeEach(async () => {
  t = await openEvents();
  const rival = await newMerchant(t, "rival");
  await newMerchant(t, "foreign");
  await addPerson(t.platform, "user_1");
  await addMember(t.platform, t.acme.orgId, "user_1", "owner");
  await addMember(t.platform, rival.orgId, "user_1", "member");
});
afterEach(() => t.platform.close());

const logins = () => rowsOf(t, "SELECT org, id, name, logins FROM org_users ORDER BY org");

test("a sign-in is a login in each of the person's organisations, once a session, by one round trip", async () => {
  const signIn = { userId: "user_1", userName: "Zoë", sessionId: "s1", at: t.platform.clock.now() };
  const deps = openMemoryDeps(t.platform);
  await recordSignIn(deps, signIn);
  expect(deps.receipt.dbTrips).toBe(1);
  await recordSignIn(openMemoryDeps(t.platform), signIn);
  await t.fold();
  expect(await logins()).toEqual([
    { org: 1, id: "user_1", name: "Zoë", logins: 1 },
    { org: 2, id: "user_1", name: "Zoë", logins: 1 },
  ]);
  await recordSignIn(openMemoryDeps(t.platform), { ...signIn, sessionId: "s2" });
  await t.fold();
  expect((await logins()).map((row) => row.logins)).toEqual([2, 2]);
});

test("of a person without organisations nothing is kept", async () => {
  await addPerson(t.platform, "user_2");
  const signIn = { userId: "user_2", userName: "", sessionId: "s1", at: t.platform.clock.now() };
  await recordSignIn(openMemoryDeps(t.platform), signIn);
  expect(await rowsOf(t, "SELECT 1 FROM event_batches")).toEqual([]);
  expect(t.platform.jobs.sent).toEqual([]);
});
