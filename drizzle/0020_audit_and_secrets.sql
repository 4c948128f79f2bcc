CREATE TABLE `audit_log` (
	`org_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text,
	`facts` text,
	`request_id` text,
	PRIMARY KEY(`org_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `audit_log_by_id` ON `audit_log` (`id`);--> statement-breakpoint
CREATE INDEX `audit_log_by_actor` ON `audit_log` (`org_id`,`actor`,`id`);--> statement-breakpoint
CREATE INDEX `audit_log_by_action` ON `audit_log` (`org_id`,`action`,`id`);--> statement-breakpoint
CREATE TABLE `secret_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`first_seen_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `ends_at` integer;
--> statement-breakpoint
CREATE TRIGGER `audit_log_is_not_changed` BEFORE UPDATE ON `audit_log`
BEGIN
	SELECT RAISE(ABORT, 'a line of the audit log is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_log_is_kept_a_year` BEFORE DELETE ON `audit_log`
WHEN OLD.at > (SELECT newest.at FROM audit_log AS newest ORDER BY newest.id DESC LIMIT 1) - 31536000000
BEGIN
	SELECT RAISE(ABORT, 'a line of the audit log is kept for a year');
END;
