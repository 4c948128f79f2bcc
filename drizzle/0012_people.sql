ALTER TABLE `users` ADD `sort_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `users` SET `sort_name` = lower(`name`);--> statement-breakpoint
CREATE INDEX `users_by_sort_name` ON `users` (`sort_name`,`id`);