CREATE TABLE `image_contents` (
	`sha256` text PRIMARY KEY NOT NULL,
	`format` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`state` text NOT NULL,
	`error_code` text,
	`error_detail` text,
	`has_alpha` integer,
	`thumbhash` text,
	`variants` text,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`unused_since` integer
);
--> statement-breakpoint
CREATE INDEX `image_contents_unused` ON `image_contents` (`unused_since`) WHERE unused_since IS NOT NULL;--> statement-breakpoint
CREATE INDEX `image_contents_waiting` ON `image_contents` (`changed_at`) WHERE state IN ('queued', 'processing');--> statement-breakpoint
CREATE TABLE `images` (
	`id` text PRIMARY KEY NOT NULL,
	`sha256` text NOT NULL,
	`org_id` text,
	`user_id` text,
	`file_name` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`sha256`) REFERENCES `image_contents`(`sha256`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `images_of_org_by_content` ON `images` (`org_id`,`sha256`) WHERE org_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `images_of_user_by_content` ON `images` (`user_id`,`sha256`) WHERE org_id IS NULL;--> statement-breakpoint
CREATE INDEX `images_of_org_by_id` ON `images` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `images_of_user_by_id` ON `images` (`user_id`,`id`) WHERE org_id IS NULL;--> statement-breakpoint
CREATE INDEX `images_by_content` ON `images` (`sha256`);--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook_id` text NOT NULL,
	`org_id` text NOT NULL,
	`event` text NOT NULL,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`last_status` integer,
	`last_error` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_id` ON `webhook_deliveries` (`webhook_id`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`due_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `webhook_deliveries_ended` ON `webhook_deliveries` (`ended_at`) WHERE ended_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`url` text NOT NULL,
	`secret` text NOT NULL,
	`events` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	`disabled_reason` text,
	`failing_since` integer,
	FOREIGN KEY (`org_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhooks_of_org_by_id` ON `webhooks` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `products_by_image` ON `products` (`image_id`) WHERE image_id IS NOT NULL;