ALTER TABLE `webhook_deliveries` ADD `occurrence` text;--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_by_occurrence` ON `webhook_deliveries` (`webhook_id`,`occurrence`) WHERE occurrence IS NOT NULL;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `old_secret` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `old_secret_until` integer;