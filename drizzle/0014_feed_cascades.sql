DROP INDEX `comments_of_post_by_id`;--> statement-breakpoint
CREATE INDEX `comments_of_post` ON `comments` (`post_id`,`deleted_at`,`id`);--> statement-breakpoint
DROP INDEX `posts_of_author_by_id`;--> statement-breakpoint
CREATE INDEX `posts_of_author` ON `posts` (`author_id`,`deleted_at`,`id`);