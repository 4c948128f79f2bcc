import type { MemoryPlatform } from "../../src/platform/memory/open.ts";

/** What each planted text would do, if it became markup or an address: leave a mark on `window` and in the document. */
const MARKUP = `"'></title></textarea></script><img src=x data-planted onerror=window.plantedTextRan=1><script data-planted>window.plantedTextRan=1</script>`;
const ADDRESS = `javascript:window.plantedTextRan=1//`;

export const markOf = (column: string): string => `@${column}@`;
const textOf = (column: string): string => MARKUP + markOf(column);
const addressOf = (column: string): string => `${ADDRESS}${MARKUP}${markOf(column)}`;
const listOf = (column: string): string => JSON.stringify([textOf(column)]);

/** Columns that hold what people and machines of others wrote, with what is written there past all checks. */
const UPDATED: Readonly<Record<string, string>> = {
  "api_keys.name": textOf("api_keys.name"),
  "api_keys.prefix": textOf("api_keys.prefix"),
  "api_keys.scopes": listOf("api_keys.scopes"),
  "comments.text": textOf("comments.text"),
  "experiments.name": textOf("experiments.name"),
  "experiments.description": textOf("experiments.description"),
  "image_contents.error_code": textOf("image_contents.error_code"),
  "image_contents.error_detail": textOf("image_contents.error_detail"),
  "invitations.email": textOf("invitations.email"),
  "images.file_name": textOf("images.file_name"),
  "org_users.id": textOf("org_users.id"),
  "org_users.name": textOf("org_users.name"),
  "organisations.name": textOf("organisations.name"),
  "posts.text": textOf("posts.text"),
  "posts.entities": JSON.stringify([
    { kind: "link", from: 0, to: 40, url: `https://shop.example/${textOf("posts.entities")}` },
  ]),
  "comments.entities": JSON.stringify([
    { kind: "mention", from: 0, to: 9, user_id: addressOf("comments.entities") },
  ]),
  "products.title": `Lamp ${textOf("products.title")}`,
  "products.description": textOf("products.description"),
  "products.brand": textOf("products.brand"),
  "products.category": listOf("products.category"),
  "products.image_url": addressOf("products.image_url"),
  "products.attributes": JSON.stringify({ [textOf("products.attributes")]: textOf("products.attributes") }),
  "sessions.user_agent": textOf("sessions.user_agent"),
  "site_keys.name": textOf("site_keys.name"),
  "site_keys.origins": listOf("site_keys.origins"),
  "users.name": `Zoe ${textOf("users.name")}`,
  "users.email": textOf("users.email"),
  "users.image": addressOf("users.image"),
  "view_counts.value": textOf("view_counts.value"),
  "webhook_deliveries.event": textOf("webhook_deliveries.event"),
  "webhook_deliveries.last_error": textOf("webhook_deliveries.last_error"),
  "webhook_deliveries.payload": JSON.stringify({ text: textOf("webhook_deliveries.payload") }),
  "webhooks.disabled_reason": textOf("webhooks.disabled_reason"),
  "webhooks.events": listOf("webhooks.events"),
  "webhooks.url": addressOf("webhooks.url"),
};

/** Stand in a key of their table, so what was there goes on behind the text. */
const KEYS = new Set(["invitations.email", "org_users.id", "users.email", "view_counts.value"]);

/** Of tables whose rows may not be changed, or that come about by failures only. */
const INSERTED: Readonly<Record<string, string>> = {
  "audit_log.actor": textOf("audit_log.actor"),
  "audit_log.target": textOf("audit_log.target"),
  "audit_log.facts": JSON.stringify({ name: textOf("audit_log.facts") }),
  "dead_letters.payload": JSON.stringify({ text: textOf("dead_letters.payload") }),
  "dead_letters.reason": textOf("dead_letters.reason"),
};

export const PLANTED: readonly string[] = [...Object.keys(UPDATED), ...Object.keys(INSERTED)];

/** The columns of text that hold ids, hashes, sealed secrets, or words that the code itself chose. */
export const OWN_WORDS: Readonly<Record<string, string>> = {
  __drizzle_migrations: "hash",
  accounts: "id account_id provider_id user_id access_token refresh_token id_token scope password",
  active_sketches: "zone",
  analytics_orgs: "time_zone",
  api_keys: "id org_id hash",
  audit_log: "org_id id action request_id",
  change_counter: "name",
  comments: "id post_id author_id",
  dead_letters: "id job_id kind",
  drift_findings: "id what",
  erased_users: "digest",
  event_batches: "id body",
  events: "id path referrer properties",
  experiment_folds: "job",
  experiment_outcomes: "unit answer",
  experiment_units: "unit",
  experiments: "scope parameter control treatment unit outcome salt decision",
  friendships: "user_id other_id state",
  hidings: "user_id other_id kind",
  idempotency_keys: "actor key body_hash answer",
  image_contents: "sha256 format state thumbhash variants",
  image_pictures: "picture content",
  image_usage: "owner",
  images: "id sha256 org_id user_id",
  index_builds: "id kind state",
  index_manifests: "manifest",
  invitations: "org_id role",
  likes: "post_id user_id",
  members: "org_id user_id role",
  org_users: "sort_name",
  organisations: "id slug",
  outbox: "id kind payload origin",
  own_writes: "user_id",
  pending_posts: "post_id author_id",
  posts: "id author_id product_id image_ids",
  products: "id org_id price_currency image_id content_hash",
  search_settings: "name value",
  secret_keys: "id",
  sessions: "id token user_id ip_address",
  site_keys: "id org_id",
  timeline_posts: "reader_id post_id",
  timeline_pulls: "reader_id author_id",
  timelines: "reader_id floor",
  tunings: "scope parameter value",
  users: "id sort_name",
  verifications: "id identifier value",
  webhook_deliveries: "id webhook_id org_id state occurrence",
  webhooks: "id org_id secret old_secret",
  wide_authors: "author_id",
};

/** Writes each text into every row of its table that stands there now. */
export async function plantTexts(platform: MemoryPlatform, org: string): Promise<void> {
  const now = platform.clock.now();
  const updates = Object.entries(UPDATED).map(([name, text]) => {
    const [table, column] = name.split(".");
    const sql = `UPDATE ${table} SET ${column} = ?${KEYS.has(name) ? ` || ${column}` : ""}`;
    return { sql, args: [text] };
  });
  const line = `INSERT INTO audit_log (org_id, id, at, actor, action, target, facts) VALUES (?, 'planted', ?, ?, 'member.invite', ?, ?)`;
  const lineArgs = ["audit_log.actor", "audit_log.target", "audit_log.facts"].map((name) => INSERTED[name]);
  const letter =
    "INSERT INTO dead_letters (id, job_id, kind, payload, reason, attempts, created_at) VALUES ('planted', 'job', 'image', ?, ?, 8, ?)";
  const letterArgs = ["dead_letters.payload", "dead_letters.reason"].map((name) => INSERTED[name]);
  const inserts = [
    { sql: line, args: [org, now, ...lineArgs] },
    { sql: letter, args: [...letterArgs, now] },
  ];
  await platform.client.batch([...updates, ...inserts], "write");
}
