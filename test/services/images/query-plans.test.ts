import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../../src/db/client.ts";
import {
  claimStatement,
  contentQuery,
  failStatement,
  noteStatement,
  readyStatement,
  shownQuery,
} from "../../../src/db/queries/image-work.ts";
import { openTestDatabase, type TestDatabase } from "../../db/open-test-database.ts";
import { planOf, type Built } from "../../db/plan-of.ts";
import { shaOf, variantsOf } from "./image-rows.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const at = { sha256: shaOf(1), now: 1 };
const variants = variantsOf({ large: 1200, medium: 500 });
const facts = { width: 1, height: 1, hasAlpha: false, thumbhash: "" };

const queries: Record<string, (db: Database) => Built> = {
  "claim a content": (db) => claimStatement(db, at),
  "read a content": (db) => contentQuery(db, at.sha256),
  "note a content's pictures": (db) => noteStatement(db, { ...at, variants }),
  "make a content ready": (db) => readyStatement(db, { ...at, ...facts, variants }),
  "make a content failed": (db) => failStatement(db, { ...at, code: "image_corrupt", detail: "" }),
  "give a content up": (db) => failStatement(db, { ...at, code: "processing_failed", detail: "" }),
  "find what is shown of an image": (db) => shownQuery(db, "img_1"),
};

test.each(Object.entries(queries))("to %s is to look it up by its key", async (_, build) => {
  const plan = await planOf(opened.client, build(opened.db));
  expect(plan.length).toBeGreaterThan(0);
  for (const step of plan)
    expect(step).toMatch(/^SEARCH (?:images|image_contents) USING INDEX sqlite_autoindex_/);
});
