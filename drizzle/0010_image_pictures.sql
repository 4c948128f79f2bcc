CREATE TABLE `image_pictures` (
	`picture` text NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`picture`, `content`)
);
--> statement-breakpoint
CREATE INDEX `image_pictures_of_content` ON `image_pictures` (`content`);