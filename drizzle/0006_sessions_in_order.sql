DROP INDEX `sessions_of_user`;--> statement-breakpoint
CREATE INDEX `sessions_of_user_by_id` ON `sessions` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `verifications_by_expiry` ON `verifications` (`expires_at`);