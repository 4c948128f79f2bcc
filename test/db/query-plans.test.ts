import { afterAll, beforeAll, expect, test } from "vitest";
import {
  findPasswordHashQuery,
  findSubjectQuery,
  forgetLinksStatement,
} from "../../src/db/queries/accounts.ts";
import { expiredSessionsQuery, findSessionQuery, listSessionsQuery } from "../../src/db/queries/sessions.ts";
import { findKeyByHashQuery, listApiKeysQuery, touchKeyQuery } from "../../src/db/queries/api-keys.ts";
import { findOrgQuery, listOrgsQuery } from "../../src/db/queries/orgs.ts";
import { unsentDeliveriesQuery } from "../../src/db/queries/image-work.ts";
import { changesQuery } from "../../src/db/queries/index-state.ts";
import { unsentJobsQuery } from "../../src/db/queries/outbox.ts";
import {
  advanceStatement,
  currentQuery,
  deleteStatement,
  foreignQuery,
  inRevision,
  insertJobStatement,
  listProductsQuery,
  strangeImagesQuery,
  upsertStatement,
} from "../../src/db/queries/product-statements.ts";
import { newerSynonymsQuery } from "../../src/db/queries/search-settings.ts";
import type { Precondition } from "../../src/db/queries/product-statements.ts";
import type { Database } from "../../src/db/client.ts";
import { openTestDatabase } from "./open-test-database.ts";
import type { TestDatabase } from "./open-test-database.ts";
import { planOf, type Built } from "./plan-of.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const revision: Precondition = { kind: "revision", anyOf: ["1.1"] };
const upsertOf = (precondition: Precondition) => (db: Database) =>
  upsertStatement(db, { orgId: "o", rows: "[]", now: 1, precondition });
const job = { job: { id: "j", kind: "k", payload: {} }, createdAt: 1, evenIfUnchanged: false };

const queries: Record<string, (db: Database) => Built> = {
  "read a product": (db) => currentQuery(db, "p"),
  "list products": (db) => listProductsQuery(db, { orgId: null, after: "p", limit: 20 }),
  "list products of an organisation": (db) => listProductsQuery(db, { orgId: "o", after: "p", limit: 20 }),
  "read the changes after one": (db) => changesQuery(db, { seq: 1, limit: 20 }),
  "read newer synonyms": (db) => newerSynonymsQuery(db, 1),
  "upsert products": upsertOf({ kind: "none" }),
  "upsert where absent": upsertOf({ kind: "absent" }),
  "upsert one revision": upsertOf(revision),
  "find another's products": (db) => foreignQuery(db, { orgId: "o", ids: "[]" }),
  "find images that are another's": (db) => strangeImagesQuery(db, { orgId: "o", rows: "[]" }),
  "delete a product": (db) =>
    deleteStatement(db, { id: "p", orgId: "o", now: 1, version: inRevision(revision) }),
  "advance the counter": (db) => advanceStatement(db),
  "insert a job where something changed": (db) => insertJobStatement(db, job),
  "find a session": (db) => findSessionQuery(db, { token: "t", maxOrgs: 100 }),
  "list a person's sessions": (db) => listSessionsQuery(db, { userId: "u", after: "s", limit: 20, now: 1 }),
  "find an issuer's subject": (db) => findSubjectQuery(db, { issuer: "i", subject: "s", maxOrgs: 100 }),
  "find a password's hash": (db) => findPasswordHashQuery(db, "ada@shop.example"),
  "forget a person's links": (db) => forgetLinksStatement(db, "u"),
  "find expired sessions": (db) => expiredSessionsQuery(db, { now: 1, limit: 1_000 }),
  "find a key": (db) => findKeyByHashQuery(db, "h"),
  "note a key's use": (db) => touchKeyQuery(db, "k", 1),
  "list keys": (db) => listApiKeysQuery(db, { org: "o", after: "k", limit: 20 }),
  "list organisations": (db) => listOrgsQuery(db, { after: "o", limit: 20 }),
  "find an organisation": (db) => findOrgQuery(db, "o"),
  "read unsent jobs": (db) => unsentJobsQuery(db, 100),
  "read webhooks' unsent jobs": (db) => unsentDeliveriesQuery(db),
};

test.each(Object.entries(queries))("to %s scans no table and sorts nothing", async (_, build) => {
  const plan = await planOf(opened.client, build(opened.db));
  // json_each and a SELECT without FROM scan the parameter; the partial index holds only what is asked for.
  const refused =
    /SCAN (?!row\b|json_each\b|CONSTANT ROW|outbox USING INDEX outbox_unsent_by_id)|TEMP B-TREE/;
  const bad = plan.filter((step) => refused.test(step));
  expect(bad).toEqual([]);
});
