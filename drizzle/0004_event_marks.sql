DROP INDEX `event_batches_of_org`;--> statement-breakpoint
CREATE INDEX `event_batches_of_org` ON `event_batches` (`org`,`id`,`size`,`created_at`);--> statement-breakpoint
ALTER TABLE `analytics_orgs` ADD `forgotten_before` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `analytics_orgs` ADD `event_mark` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `analytics_orgs` ADD `user_mark` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `analytics_orgs_by_retention` ON `analytics_orgs` (("forgotten_before" + "retention_days" * 86400000));--> statement-breakpoint
ALTER TABLE `org_users` ADD `named_at` integer DEFAULT 0 NOT NULL;