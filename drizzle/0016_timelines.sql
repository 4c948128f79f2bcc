CREATE TABLE `pending_posts` (
	`post_id` text PRIMARY KEY NOT NULL,
	`author_id` text NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `timeline_posts` (
	`reader_id` text NOT NULL,
	`post_id` text NOT NULL,
	PRIMARY KEY(`reader_id`, `post_id`),
	FOREIGN KEY (`reader_id`) REFERENCES `timelines`(`reader_id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `timeline_pulls` (
	`reader_id` text NOT NULL,
	`author_id` text NOT NULL,
	PRIMARY KEY(`reader_id`, `author_id`),
	FOREIGN KEY (`reader_id`) REFERENCES `timelines`(`reader_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `timeline_pulls_by_author` ON `timeline_pulls` (`author_id`);--> statement-breakpoint
CREATE TABLE `timelines` (
	`reader_id` text PRIMARY KEY NOT NULL,
	`floor` text NOT NULL,
	`read_at` integer NOT NULL,
	`trimmed_at` integer NOT NULL,
	FOREIGN KEY (`reader_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `timelines_by_reading` ON `timelines` (`read_at`);--> statement-breakpoint
CREATE INDEX `timelines_by_trimming` ON `timelines` (`trimmed_at`);--> statement-breakpoint
CREATE TABLE `wide_authors` (
	`author_id` text PRIMARY KEY NOT NULL,
	`marked_at` integer NOT NULL,
	`completed_at` integer,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
