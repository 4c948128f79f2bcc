import { budget } from "../budget.ts";
import type { Budgeted } from "../budget.ts";

/** Text that lies in the isolate. */
const FILE = budget({ trips: 0 });
/** A page that shows one answer. */
const PAGE = budget({ cpu: "medium" });
/** A page that shows two answers. */
const TWO = budget({ trips: 2, cpu: "medium" });
const THREE = budget({ trips: 3, cpu: "medium" });
const FORM = budget({ trips: 2, messages: 1, cpu: "medium" });
/** A form that shows a secret once, on its own page. */
const SECRET = budget({ trips: 4, messages: 1, cpu: "medium" }, "Writes, and shows the page with the secret");
const HASHES = "Hashes a password, as the API does";
const OPS = budget(
  { trips: 4, kv: 1, cpu: "medium" },
  "Shows four answers, so that one that is away hides no other",
);
const SHOP = budget({ cpu: "medium", cold: { trips: 2, blobs: 16 } });

/** What is no documented operation, by method and pattern: pages, and their forms, which do what the API does and show a page. */
export const PAGE_BUDGETS: Readonly<Record<string, Budgeted>> = {
  "GET /": SHOP,
  "GET /robots.txt": FILE,
  "GET /openapi.json": budget({ trips: 0, cpu: "medium" }),
  "GET /docs": budget({ trips: 0, cpu: "medium" }),
  "GET /docs/style.css": FILE,
  "GET /docs/filter.js": FILE,
  "GET /p/:id": PAGE,
  "GET /feed": TWO,
  "POST /feed": FORM,
  "POST /feed/posts/:id": FORM,
  "POST /feed/comments/:id": FORM,
  "GET /friends": TWO,
  "POST /friends": FORM,
  "GET /posts/:id": TWO,
  "POST /posts/:id": FORM,
  "GET /u/:id": TWO,
  "POST /u/:id": FORM,
  "GET /upload": PAGE,
  "POST /upload": budget({ trips: 3, blobs: 13, messages: 1, cpu: "bulk" }, "Stores what is uploaded"),
  "GET /upload/:id": PAGE,
  "POST /upload/:id": FORM,
  "GET /account": PAGE,
  "POST /account": FORM,
  "GET /sign-in": PAGE,
  "POST /sign-in": budget({ trips: 4, messages: 1, cpu: "heavy" }, HASHES),
  "GET /sign-up": PAGE,
  "POST /sign-up": budget({ trips: 6, cpu: "heavy" }, HASHES),
  "GET /sign-out": PAGE,
  "POST /sign-out": budget({ trips: 5, cpu: "medium" }, "The steps are Better Auth's"),
  "GET /forgot-password": PAGE,
  "POST /forgot-password": budget({ trips: 4, cpu: "medium" }, "The steps are Better Auth's"),
  "GET /reset-password": PAGE,
  "POST /reset-password": budget({ trips: 14, cpu: "heavy" }, HASHES),
  "GET /verify-email": PAGE,
  "POST /verify-email": budget({ trips: 8, messages: 1, cpu: "heavy" }, HASHES),
  "GET /ops": OPS,
  "GET /ops/live": OPS,
  "GET /ops/sign-in": budget({ trips: 0, kv: 1, cpu: "medium" }),
  "POST /ops/sign-in": budget({ kv: 1, cpu: "medium" }),
  "POST /ops/sign-out": budget({ trips: 0, kv: 2, cpu: "medium" }),
  "POST /ops/dead-letters": budget(
    { trips: 4, kv: 1, messages: 100, cpu: "medium" },
    "Redrives up to 100: what waits, the batch, and the queue's outbox",
  ),
  "POST /ops/experiments": budget({ trips: 1, kv: 1, cpu: "medium" }),
  "GET /orgs": PAGE,
  "POST /orgs": FORM,
  "GET /orgs/:org": budget(
    { trips: 4, messages: 1, cpu: "medium" },
    "Shows four answers, each cached by itself",
  ),
  "GET /orgs/:org/members": TWO,
  "POST /orgs/:org/members": FORM,
  "GET /orgs/:org/keys": TWO,
  "POST /orgs/:org/keys": SECRET,
  "GET /orgs/:org/site-keys": TWO,
  "POST /orgs/:org/site-keys": FORM,
  "GET /orgs/:org/webhooks": THREE,
  "POST /orgs/:org/webhooks": budget(
    { trips: 6, messages: 1, cpu: "medium" },
    "A new secret takes two, and its page three",
  ),
  "GET /orgs/:org/audit": THREE,
  "GET /orgs/:org/settings": TWO,
  "POST /orgs/:org/settings": FORM,
};
