CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `accounts_of_user` ON `accounts` (`user_id`);--> statement-breakpoint
CREATE INDEX `accounts_by_subject` ON `accounts` (`provider_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_by_token` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_of_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_by_email` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verifications_by_identifier` ON `verifications` (`identifier`);--> statement-breakpoint
CREATE TABLE `active_sketches` (
	`org` integer NOT NULL,
	`zone` text NOT NULL,
	`period` integer NOT NULL,
	`start` integer NOT NULL,
	`users` integer NOT NULL,
	`sketch` blob NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`org`, `zone`, `period`, `start`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `analytics_days` (
	`org` integer NOT NULL,
	`day` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`org`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `analytics_orgs` (
	`org` integer PRIMARY KEY NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`folded_at` integer DEFAULT 0 NOT NULL,
	`time_zone` text DEFAULT 'UTC' NOT NULL,
	`retention_days` integer DEFAULT 400 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `bot_days` (
	`org` integer NOT NULL,
	`day` integer NOT NULL,
	`reason` integer NOT NULL,
	`events` integer NOT NULL,
	PRIMARY KEY(`org`, `day`, `reason`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `cohort_weeks` (
	`org` integer NOT NULL,
	`cohort` integer NOT NULL,
	`week` integer NOT NULL,
	`users` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`org`, `cohort`, `week`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `drift_findings` (
	`id` text PRIMARY KEY NOT NULL,
	`org` integer NOT NULL,
	`what` text NOT NULL,
	`kept` integer NOT NULL,
	`recounted` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drift_findings_of_org` ON `drift_findings` (`org`,`id`);--> statement-breakpoint
CREATE TABLE `erased_users` (
	`org` integer NOT NULL,
	`digest` text NOT NULL,
	`erased_at` integer NOT NULL,
	PRIMARY KEY(`org`, `digest`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `event_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`org` integer NOT NULL,
	`body` text NOT NULL,
	`size` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `event_batches_of_org` ON `event_batches` (`org`,`id`);--> statement-breakpoint
CREATE TABLE `event_minutes` (
	`org` integer NOT NULL,
	`minute` integer NOT NULL,
	`logins` integer DEFAULT 0 NOT NULL,
	`page_views` integer DEFAULT 0 NOT NULL,
	`activities` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`org`, `minute`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `event_quarters` (
	`org` integer NOT NULL,
	`quarter` integer NOT NULL,
	`logins` integer DEFAULT 0 NOT NULL,
	`page_views` integer DEFAULT 0 NOT NULL,
	`activities` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`org`, `quarter`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `events` (
	`number` integer PRIMARY KEY NOT NULL,
	`org` integer NOT NULL,
	`id` text NOT NULL,
	`user` integer NOT NULL,
	`type` integer NOT NULL,
	`at` integer NOT NULL,
	`bot` integer DEFAULT 0 NOT NULL,
	`path` text,
	`referrer` text,
	`properties` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_by_id` ON `events` (`org`,`id`);--> statement-breakpoint
CREATE INDEX `events_by_time` ON `events` (`org`,`at`);--> statement-breakpoint
CREATE INDEX `events_of_user` ON `events` (`user`,`at`);--> statement-breakpoint
CREATE TABLE `org_users` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`org` integer NOT NULL,
	`id` text NOT NULL,
	`name` text,
	`sort_name` text NOT NULL,
	`is_anonymous` integer DEFAULT false NOT NULL,
	`logins` integer DEFAULT 0 NOT NULL,
	`page_views` integer DEFAULT 0 NOT NULL,
	`activities` integer DEFAULT 0 NOT NULL,
	`last_activity` integer DEFAULT 0 NOT NULL,
	`first_activity` integer DEFAULT 0 NOT NULL,
	`forgotten_logins` integer DEFAULT 0 NOT NULL,
	`forgotten_page_views` integer DEFAULT 0 NOT NULL,
	`forgotten_activities` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `org_users_by_id` ON `org_users` (`org`,`id`);--> statement-breakpoint
CREATE INDEX `org_users_by_name` ON `org_users` (`org`,`sort_name`) WHERE is_anonymous = 0;--> statement-breakpoint
CREATE INDEX `org_users_by_logins` ON `org_users` (`org`,`logins`) WHERE is_anonymous = 0;--> statement-breakpoint
CREATE INDEX `org_users_by_page_views` ON `org_users` (`org`,`page_views`) WHERE is_anonymous = 0;--> statement-breakpoint
CREATE INDEX `org_users_by_last_activity` ON `org_users` (`org`,`last_activity`) WHERE is_anonymous = 0;--> statement-breakpoint
CREATE TABLE `user_days` (
	`org` integer NOT NULL,
	`day` integer NOT NULL,
	`user` integer NOT NULL,
	`morning` integer NOT NULL,
	`evening` integer NOT NULL,
	PRIMARY KEY(`org`, `day`, `user`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `view_counts` (
	`org` integer NOT NULL,
	`kind` integer NOT NULL,
	`period` integer NOT NULL,
	`start` integer NOT NULL,
	`value` text NOT NULL,
	`views` integer NOT NULL,
	PRIMARY KEY(`org`, `kind`, `period`, `start`, `value`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `invitations` (
	`org_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`org_id`, `email`),
	FOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `invitations_by_email` ON `invitations` (`email`);--> statement-breakpoint
CREATE TABLE `members` (
	`org_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`org_id`, `user_id`),
	FOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `members_by_user` ON `members` (`user_id`,`org_id`);--> statement-breakpoint
CREATE TABLE `site_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`name` text NOT NULL,
	`origins` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `site_keys_of_org_by_id` ON `site_keys` (`org_id`,`id`);--> statement-breakpoint
ALTER TABLE `organisations` ADD `number` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `organisations_by_number` ON `organisations` (`number`);--> statement-breakpoint
UPDATE `organisations` SET `number` = rowid;
