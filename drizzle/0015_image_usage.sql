CREATE TABLE `image_usage` (
	`owner` text PRIMARY KEY NOT NULL,
	`images` integer NOT NULL,
	`bytes` integer NOT NULL
);

--> statement-breakpoint
INSERT INTO `image_usage` (`owner`, `images`, `bytes`)
SELECT coalesce(image.`org_id`, image.`user_id`), count(*), sum(content.`bytes`)
FROM `images` AS image JOIN `image_contents` AS content ON content.`sha256` = image.`sha256`
WHERE coalesce(image.`org_id`, image.`user_id`) IS NOT NULL
GROUP BY 1;
