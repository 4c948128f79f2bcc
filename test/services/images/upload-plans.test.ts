import type { SQL } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../../src/db/client.ts";
import { unnamedPicturesQuery } from "../../../src/db/queries/image-work.ts";
import * as removal from "../../../src/db/queries/images-delete.ts";
import { forgetPictures, namePictures } from "../../../src/db/queries/images-pictures.ts";
import * as sweep from "../../../src/db/queries/images-sweep.ts";
import * as upload from "../../../src/db/queries/images-upload.ts";
import {
  imageOfContentQuery,
  imageQuery,
  imagesQuery,
  listImagesQuery,
} from "../../../src/db/queries/images.ts";
import { planOf, type Built } from "../../db/plan-of.ts";
import { openTestDatabase, type TestDatabase } from "../../db/open-test-database.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const reach = { orgIds: ["o"], userId: "u" };
const ofOrg = { orgId: "o", userId: null };
const ofPerson = { orgId: null, userId: "u" };
const page = { state: null, before: "img_2", limit: 21 };
const remove = { id: "img_1", reach, writable: reach, now: 1 };
const stuck = { since: 1, limit: 100, now: 2, jobId: "job_1" };
const given = {
  id: "img_1",
  owner: ofOrg,
  limit: { images: 1, bytes: 1 },
  keyId: "k",
  fileName: null,
  content: { sha256: "s", bytes: 1, format: "png" as const, width: 1, height: 1 },
  job: { id: "j", kind: "images.resize", payload: {} },
  now: 1,
};

const dialect = new SQLiteAsyncDialect();
const built = (statement: SQL): Built => ({
  toSQL: () => dialect.sqlToQuery(statement) as { sql: string; params: unknown[] },
});

const queries: Record<string, (db: Database) => Built> = {
  "read an image": (db) => imageQuery(db, { id: "img_1", reach }),
  "read several images": (db) => imagesQuery(db, { ids: ["img_1", "img_2"], reach }),
  "list an organisation's images": (db) => listImagesQuery(db, { ...page, owner: ofOrg }),
  "list a person's images": (db) => listImagesQuery(db, { ...page, owner: ofPerson }),
  "list images of a state": (db) => listImagesQuery(db, { ...page, state: "failed", owner: ofOrg }),
  "find an organisation's image of a content": (db) => imageOfContentQuery(db, ofOrg, "s"),
  "find a person's image of a content": (db) => imageOfContentQuery(db, ofPerson, "s"),
  "queue a content": (db) => upload.queueContentStatement(db, given),
  "write a job": (db) => upload.insertJobStatement(db, given),
  "use a content": (db) => upload.useContentStatement(db, given),
  "write an image": (db) => upload.insertImageStatement(db, given),
  "count an image": (db) => upload.countImageStatement(db, given),
  "find products that show an image": (db) => removal.showingProductsQuery(db, remove),
  "leave a content": (db) => removal.leaveContentStatement(db, remove),
  "count an image no more": (db) => removal.uncountImageStatement(db, remove),
  "delete an image": (db) => removal.deleteImageStatement(db, remove),
  "find unused contents": (db) => sweep.unusedContentsQuery(db, { since: 1, limit: 100 }),
  "remove contents": (db) => sweep.removeContentsStatement(db, { list: '["s"]', since: 1 }),
  "forget the pictures of removed contents": (db) => sweep.forgetRemovedStatement(db, { list: '["s"]' }),
  "write jobs of what is stuck": (db) => sweep.requeueJobsStatement(db, stuck),
  "queue what is stuck": (db) => sweep.requeueContentsStatement(db, stuck),
  "find originals without a content": () => built(sweep.unknownOriginalsQuery(["originals/s"])),
  "find pictures without a content": () => built(unnamedPicturesQuery(["variants/s"])),
  "name a content's pictures": () => built(namePictures("s")),
  "forget a content's pictures": () => built(forgetPictures("s")),
};

// What is scanned: JSON, what a statement made itself, and partial indexes of what is asked for; never a table.
const HARMLESS =
  /^SCAN (?:CONSTANT ROW|(?:json_each|key|variant|encoding)\b|\(subquery-\d+\)|image_contents USING (?:COVERING )?INDEX image_contents_(?:unused|waiting)\b)/;

test.each(Object.entries(queries))("to %s scans no table and sorts nothing", async (_, build) => {
  const plan = await planOf(opened.client, build(opened.db));
  const bad = plan.filter((step) => /SCAN|TEMP B-TREE/.test(step) && !HARMLESS.test(step));
  expect(bad).toEqual([]);
});
