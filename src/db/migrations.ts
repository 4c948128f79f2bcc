// Written by scripts/embed-migrations.ts from drizzle/: do not edit.
import type { Migration } from "./migration.ts";

export const MIGRATIONS: readonly Migration[] = [
  {
    "tag": "0000_foundation",
    "createdAt": 1795389332623,
    "hash": "2ea05affdd72592c2be4747e38f2ec259abd0aead165b45568a3f00f78374f94",
    "statements": [
      "CREATE TABLE `idempotency_keys` (\n\t`actor` text NOT NULL,\n\t`key` text NOT NULL,\n\t`body_hash` text NOT NULL,\n\t`status` integer,\n\t`answer` text,\n\t`created_at` integer NOT NULL,\n\tPRIMARY KEY(`actor`, `key`)\n);",
      "CREATE INDEX `idempotency_keys_by_age` ON `idempotency_keys` (`created_at`);",
      "CREATE TABLE `dead_letters` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`job_id` text NOT NULL,\n\t`kind` text NOT NULL,\n\t`payload` text NOT NULL,\n\t`reason` text NOT NULL,\n\t`attempts` integer NOT NULL,\n\t`created_at` integer NOT NULL,\n\t`redriven_at` integer\n);",
      "CREATE INDEX `dead_letters_waiting_by_id` ON `dead_letters` (`id`) WHERE redriven_at IS NULL;",
      "CREATE TABLE `outbox` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`kind` text NOT NULL,\n\t`payload` text NOT NULL,\n\t`created_at` integer NOT NULL,\n\t`sent_at` integer\n);",
      "CREATE INDEX `outbox_unsent_by_id` ON `outbox` (`id`) WHERE sent_at IS NULL;",
      "CREATE INDEX `outbox_sent_by_time` ON `outbox` (`sent_at`) WHERE sent_at IS NOT NULL;",
      "CREATE TABLE `api_keys` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`org_id` text NOT NULL,\n\t`name` text NOT NULL,\n\t`prefix` text NOT NULL,\n\t`hash` text NOT NULL,\n\t`scopes` text NOT NULL,\n\t`created_at` integer NOT NULL,\n\t`revoked_at` integer,\n\t`last_used_at` integer,\n\tFOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE UNIQUE INDEX `api_keys_by_hash` ON `api_keys` (`hash`);",
      "CREATE INDEX `api_keys_of_org_by_id` ON `api_keys` (`org_id`,`id`);",
      "CREATE TABLE `organisations` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`slug` text NOT NULL,\n\t`name` text NOT NULL,\n\t`created_at` integer NOT NULL\n);",
      "CREATE UNIQUE INDEX `organisations_by_slug` ON `organisations` (`slug`);",
      "CREATE TABLE `change_counter` (\n\t`name` text PRIMARY KEY NOT NULL,\n\t`value` integer NOT NULL\n);",
      "CREATE TABLE `products` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`org_id` text NOT NULL,\n\t`title` text NOT NULL,\n\t`description` text NOT NULL,\n\t`brand` text,\n\t`category` text NOT NULL,\n\t`price_amount` integer,\n\t`price_currency` text,\n\t`rating` real,\n\t`rating_count` integer NOT NULL,\n\t`in_stock` integer NOT NULL,\n\t`image_id` text,\n\t`image_url` text,\n\t`attributes` text NOT NULL,\n\t`content_hash` text NOT NULL,\n\t`version` integer NOT NULL,\n\t`seq` integer NOT NULL,\n\t`created_at` integer NOT NULL,\n\t`updated_at` integer NOT NULL,\n\t`deleted_at` integer,\n\tFOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE INDEX `products_by_seq` ON `products` (`seq`,`id`);",
      "CREATE INDEX `products_of_org_by_id` ON `products` (`org_id`,`id`);",
      "CREATE TABLE `index_builds` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`kind` text NOT NULL,\n\t`state` text NOT NULL,\n\t`created_at` integer NOT NULL,\n\t`updated_at` integer NOT NULL,\n\t`finished_at` integer\n);",
      "CREATE TABLE `index_manifests` (\n\t`generation` integer PRIMARY KEY NOT NULL,\n\t`seq` integer NOT NULL,\n\t`manifest` text NOT NULL,\n\t`created_at` integer NOT NULL\n);"
    ]
  },
  {
    "tag": "0001_counters",
    "createdAt": 1795389411471,
    "hash": "51b2b3a1916de83e88ddc3aae02e9a8c1045256b71e1ce4a8e8044c873f02cc3",
    "statements": [
      "INSERT INTO `change_counter` (`name`, `value`) VALUES ('products', 0);"
    ]
  },
  {
    "tag": "0002_search_settings",
    "createdAt": 1795392609620,
    "hash": "9f6cae3868d619e3432987a32dadd52744f79212258dc29b96a87039d0d6ad34",
    "statements": [
      "CREATE TABLE `search_settings` (\n\t`name` text PRIMARY KEY NOT NULL,\n\t`value` text NOT NULL,\n\t`version` integer NOT NULL,\n\t`updated_at` integer NOT NULL\n);"
    ]
  },
  {
    "tag": "0003_accounts_and_analytics",
    "createdAt": 1795398683794,
    "hash": "486de4d6d2f5b11f19abb4007844d7542f26896c09da7799c7854d2067b5c117",
    "statements": [
      "CREATE TABLE `accounts` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`account_id` text NOT NULL,\n\t`provider_id` text NOT NULL,\n\t`user_id` text NOT NULL,\n\t`access_token` text,\n\t`refresh_token` text,\n\t`id_token` text,\n\t`access_token_expires_at` integer,\n\t`refresh_token_expires_at` integer,\n\t`scope` text,\n\t`password` text,\n\t`created_at` integer NOT NULL,\n\t`updated_at` integer NOT NULL,\n\tFOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade\n);",
      "CREATE INDEX `accounts_of_user` ON `accounts` (`user_id`);",
      "CREATE INDEX `accounts_by_subject` ON `accounts` (`provider_id`,`account_id`);",
      "CREATE TABLE `sessions` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`token` text NOT NULL,\n\t`user_id` text NOT NULL,\n\t`expires_at` integer NOT NULL,\n\t`ip_address` text,\n\t`user_agent` text,\n\t`created_at` integer NOT NULL,\n\t`updated_at` integer NOT NULL,\n\tFOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade\n);",
      "CREATE UNIQUE INDEX `sessions_by_token` ON `sessions` (`token`);",
      "CREATE INDEX `sessions_of_user` ON `sessions` (`user_id`);",
      "CREATE INDEX `sessions_by_expiry` ON `sessions` (`expires_at`);",
      "CREATE TABLE `users` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`name` text NOT NULL,\n\t`email` text NOT NULL,\n\t`email_verified` integer DEFAULT false NOT NULL,\n\t`image` text,\n\t`created_at` integer NOT NULL,\n\t`updated_at` integer NOT NULL\n);",
      "CREATE UNIQUE INDEX `users_by_email` ON `users` (`email`);",
      "CREATE TABLE `verifications` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`identifier` text NOT NULL,\n\t`value` text NOT NULL,\n\t`expires_at` integer NOT NULL,\n\t`created_at` integer NOT NULL,\n\t`updated_at` integer NOT NULL\n);",
      "CREATE INDEX `verifications_by_identifier` ON `verifications` (`identifier`);",
      "CREATE TABLE `active_sketches` (\n\t`org` integer NOT NULL,\n\t`zone` text NOT NULL,\n\t`period` integer NOT NULL,\n\t`start` integer NOT NULL,\n\t`users` integer NOT NULL,\n\t`sketch` blob NOT NULL,\n\t`version` integer NOT NULL,\n\tPRIMARY KEY(`org`, `zone`, `period`, `start`)\n) WITHOUT ROWID;",
      "CREATE TABLE `analytics_days` (\n\t`org` integer NOT NULL,\n\t`day` integer NOT NULL,\n\t`version` integer NOT NULL,\n\tPRIMARY KEY(`org`, `day`)\n) WITHOUT ROWID;",
      "CREATE TABLE `analytics_orgs` (\n\t`org` integer PRIMARY KEY NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`folded_at` integer DEFAULT 0 NOT NULL,\n\t`time_zone` text DEFAULT 'UTC' NOT NULL,\n\t`retention_days` integer DEFAULT 400 NOT NULL\n);",
      "CREATE TABLE `bot_days` (\n\t`org` integer NOT NULL,\n\t`day` integer NOT NULL,\n\t`reason` integer NOT NULL,\n\t`events` integer NOT NULL,\n\tPRIMARY KEY(`org`, `day`, `reason`)\n) WITHOUT ROWID;",
      "CREATE TABLE `cohort_weeks` (\n\t`org` integer NOT NULL,\n\t`cohort` integer NOT NULL,\n\t`week` integer NOT NULL,\n\t`users` integer NOT NULL,\n\t`version` integer NOT NULL,\n\tPRIMARY KEY(`org`, `cohort`, `week`)\n) WITHOUT ROWID;",
      "CREATE TABLE `drift_findings` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`org` integer NOT NULL,\n\t`what` text NOT NULL,\n\t`kept` integer NOT NULL,\n\t`recounted` integer NOT NULL,\n\t`created_at` integer NOT NULL\n);",
      "CREATE INDEX `drift_findings_of_org` ON `drift_findings` (`org`,`id`);",
      "CREATE TABLE `erased_users` (\n\t`org` integer NOT NULL,\n\t`digest` text NOT NULL,\n\t`erased_at` integer NOT NULL,\n\tPRIMARY KEY(`org`, `digest`)\n) WITHOUT ROWID;",
      "CREATE TABLE `event_batches` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`org` integer NOT NULL,\n\t`body` text NOT NULL,\n\t`size` integer NOT NULL,\n\t`created_at` integer NOT NULL\n);",
      "CREATE INDEX `event_batches_of_org` ON `event_batches` (`org`,`id`);",
      "CREATE TABLE `event_minutes` (\n\t`org` integer NOT NULL,\n\t`minute` integer NOT NULL,\n\t`logins` integer DEFAULT 0 NOT NULL,\n\t`page_views` integer DEFAULT 0 NOT NULL,\n\t`activities` integer DEFAULT 0 NOT NULL,\n\tPRIMARY KEY(`org`, `minute`)\n) WITHOUT ROWID;",
      "CREATE TABLE `event_quarters` (\n\t`org` integer NOT NULL,\n\t`quarter` integer NOT NULL,\n\t`logins` integer DEFAULT 0 NOT NULL,\n\t`page_views` integer DEFAULT 0 NOT NULL,\n\t`activities` integer DEFAULT 0 NOT NULL,\n\tPRIMARY KEY(`org`, `quarter`)\n) WITHOUT ROWID;",
      "CREATE TABLE `events` (\n\t`number` integer PRIMARY KEY NOT NULL,\n\t`org` integer NOT NULL,\n\t`id` text NOT NULL,\n\t`user` integer NOT NULL,\n\t`type` integer NOT NULL,\n\t`at` integer NOT NULL,\n\t`bot` integer DEFAULT 0 NOT NULL,\n\t`path` text,\n\t`referrer` text,\n\t`properties` text\n);",
      "CREATE UNIQUE INDEX `events_by_id` ON `events` (`org`,`id`);",
      "CREATE INDEX `events_by_time` ON `events` (`org`,`at`);",
      "CREATE INDEX `events_of_user` ON `events` (`user`,`at`);",
      "CREATE TABLE `org_users` (\n\t`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n\t`org` integer NOT NULL,\n\t`id` text NOT NULL,\n\t`name` text,\n\t`sort_name` text NOT NULL,\n\t`is_anonymous` integer DEFAULT false NOT NULL,\n\t`logins` integer DEFAULT 0 NOT NULL,\n\t`page_views` integer DEFAULT 0 NOT NULL,\n\t`activities` integer DEFAULT 0 NOT NULL,\n\t`last_activity` integer DEFAULT 0 NOT NULL,\n\t`first_activity` integer DEFAULT 0 NOT NULL,\n\t`forgotten_logins` integer DEFAULT 0 NOT NULL,\n\t`forgotten_page_views` integer DEFAULT 0 NOT NULL,\n\t`forgotten_activities` integer DEFAULT 0 NOT NULL,\n\t`created_at` integer NOT NULL\n);",
      "CREATE UNIQUE INDEX `org_users_by_id` ON `org_users` (`org`,`id`);",
      "CREATE INDEX `org_users_by_name` ON `org_users` (`org`,`sort_name`) WHERE is_anonymous = 0;",
      "CREATE INDEX `org_users_by_logins` ON `org_users` (`org`,`logins`) WHERE is_anonymous = 0;",
      "CREATE INDEX `org_users_by_page_views` ON `org_users` (`org`,`page_views`) WHERE is_anonymous = 0;",
      "CREATE INDEX `org_users_by_last_activity` ON `org_users` (`org`,`last_activity`) WHERE is_anonymous = 0;",
      "CREATE TABLE `user_days` (\n\t`org` integer NOT NULL,\n\t`day` integer NOT NULL,\n\t`user` integer NOT NULL,\n\t`morning` integer NOT NULL,\n\t`evening` integer NOT NULL,\n\tPRIMARY KEY(`org`, `day`, `user`)\n) WITHOUT ROWID;",
      "CREATE TABLE `view_counts` (\n\t`org` integer NOT NULL,\n\t`kind` integer NOT NULL,\n\t`period` integer NOT NULL,\n\t`start` integer NOT NULL,\n\t`value` text NOT NULL,\n\t`views` integer NOT NULL,\n\tPRIMARY KEY(`org`, `kind`, `period`, `start`, `value`)\n) WITHOUT ROWID;",
      "CREATE TABLE `invitations` (\n\t`org_id` text NOT NULL,\n\t`email` text NOT NULL,\n\t`role` text NOT NULL,\n\t`created_at` integer NOT NULL,\n\t`expires_at` integer NOT NULL,\n\tPRIMARY KEY(`org_id`, `email`),\n\tFOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE INDEX `invitations_by_email` ON `invitations` (`email`);",
      "CREATE TABLE `members` (\n\t`org_id` text NOT NULL,\n\t`user_id` text NOT NULL,\n\t`role` text NOT NULL,\n\t`created_at` integer NOT NULL,\n\tPRIMARY KEY(`org_id`, `user_id`),\n\tFOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade\n) WITHOUT ROWID;",
      "CREATE INDEX `members_by_user` ON `members` (`user_id`,`org_id`);",
      "CREATE TABLE `site_keys` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`org_id` text NOT NULL,\n\t`name` text NOT NULL,\n\t`origins` text NOT NULL,\n\t`created_at` integer NOT NULL,\n\t`revoked_at` integer,\n\tFOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE INDEX `site_keys_of_org_by_id` ON `site_keys` (`org_id`,`id`);",
      "ALTER TABLE `organisations` ADD `number` integer;",
      "CREATE UNIQUE INDEX `organisations_by_number` ON `organisations` (`number`);",
      "UPDATE `organisations` SET `number` = rowid;"
    ]
  },
  {
    "tag": "0004_event_marks",
    "createdAt": 1795399520128,
    "hash": "1ed68d4b0d5d23644cdd91fd5ff20882a3a8d22676a222093f268e5f97f6ca42",
    "statements": [
      "DROP INDEX `event_batches_of_org`;",
      "CREATE INDEX `event_batches_of_org` ON `event_batches` (`org`,`id`,`size`,`created_at`);",
      "ALTER TABLE `analytics_orgs` ADD `forgotten_before` integer DEFAULT 0 NOT NULL;",
      "ALTER TABLE `analytics_orgs` ADD `event_mark` integer DEFAULT 0 NOT NULL;",
      "ALTER TABLE `analytics_orgs` ADD `user_mark` integer DEFAULT 0 NOT NULL;",
      "CREATE INDEX `analytics_orgs_by_retention` ON `analytics_orgs` ((\"forgotten_before\" + \"retention_days\" * 86400000));",
      "ALTER TABLE `org_users` ADD `named_at` integer DEFAULT 0 NOT NULL;"
    ]
  },
  {
    "tag": "0005_sketch_states",
    "createdAt": 1795400572153,
    "hash": "0510a319c227da0ecbaaea150c07a4eab6c8cba87413c9c0e3c6ac1f72477c1b",
    "statements": [
      "CREATE INDEX `active_sketches_states` ON `active_sketches` (`org`,`zone`,`version`,`users`) WHERE period = 9;"
    ]
  },
  {
    "tag": "0006_sessions_in_order",
    "createdAt": 1795401395285,
    "hash": "747608b05c02a6f3d768ee96ccb6ca2237a00e4c7c0260f942c38a27230167cf",
    "statements": [
      "DROP INDEX `sessions_of_user`;",
      "CREATE INDEX `sessions_of_user_by_id` ON `sessions` (`user_id`,`id`);",
      "CREATE INDEX `verifications_by_expiry` ON `verifications` (`expires_at`);"
    ]
  },
  {
    "tag": "0007_links_by_person",
    "createdAt": 1795402726633,
    "hash": "40163c5f681b866eb1acaeeac2f6ccf47a61eef4d1695890aa9d50e01f0c39d9",
    "statements": [
      "CREATE INDEX `verifications_by_value` ON `verifications` (`value`);"
    ]
  }
];
