// Written by scripts/embed-migrations.ts from drizzle/: do not edit.
import type { Migration } from "./migration.ts";

export const MIGRATIONS: readonly Migration[] = [
  {
    tag: "0000_foundation",
    createdAt: 1795389332623,
    hash: "2ea05affdd72592c2be4747e38f2ec259abd0aead165b45568a3f00f78374f94",
    statements: [
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
      "CREATE TABLE `index_manifests` (\n\t`generation` integer PRIMARY KEY NOT NULL,\n\t`seq` integer NOT NULL,\n\t`manifest` text NOT NULL,\n\t`created_at` integer NOT NULL\n);",
    ],
  },
  {
    tag: "0001_counters",
    createdAt: 1795389411471,
    hash: "51b2b3a1916de83e88ddc3aae02e9a8c1045256b71e1ce4a8e8044c873f02cc3",
    statements: ["INSERT INTO `change_counter` (`name`, `value`) VALUES ('products', 0);"],
  },
  {
    tag: "0002_search_settings",
    createdAt: 1795392609620,
    hash: "9f6cae3868d619e3432987a32dadd52744f79212258dc29b96a87039d0d6ad34",
    statements: [
      "CREATE TABLE `search_settings` (\n\t`name` text PRIMARY KEY NOT NULL,\n\t`value` text NOT NULL,\n\t`version` integer NOT NULL,\n\t`updated_at` integer NOT NULL\n);",
    ],
  },
];
