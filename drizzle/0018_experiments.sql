CREATE TABLE `experiment_counts` (
	`experiment` integer NOT NULL,
	`arm` integer NOT NULL,
	`units` integer NOT NULL,
	`n` integer NOT NULL,
	`y` integer NOT NULL,
	`t` real NOT NULL,
	`nn` real NOT NULL,
	`yy` real NOT NULL,
	`ny` real NOT NULL,
	`tt` real NOT NULL,
	`nt` real NOT NULL,
	PRIMARY KEY(`experiment`, `arm`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `experiment_folds` (
	`job` text PRIMARY KEY NOT NULL,
	`is_counted` integer NOT NULL,
	`folded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `experiment_folds_by_time` ON `experiment_folds` (`folded_at`);--> statement-breakpoint
CREATE TABLE `experiment_latencies` (
	`experiment` integer NOT NULL,
	`arm` integer NOT NULL,
	`bucket` integer NOT NULL,
	`exposures` integer NOT NULL,
	PRIMARY KEY(`experiment`, `arm`, `bucket`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `experiment_outcomes` (
	`experiment` integer NOT NULL,
	`unit` text NOT NULL,
	`answer` text NOT NULL,
	PRIMARY KEY(`experiment`, `unit`, `answer`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `experiment_units` (
	`experiment` integer NOT NULL,
	`unit` text NOT NULL,
	`arm` integer NOT NULL,
	`first_at` integer,
	`last_outcome_at` integer,
	`exposures` integer DEFAULT 0 NOT NULL,
	`outcomes` integer DEFAULT 0 NOT NULL,
	`total_ms` real DEFAULT 0 NOT NULL,
	PRIMARY KEY(`experiment`, `unit`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `experiments` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`scope` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`parameter` text NOT NULL,
	`control` text NOT NULL,
	`treatment` text NOT NULL,
	`unit` text NOT NULL,
	`share` real NOT NULL,
	`outcome` text NOT NULL,
	`salt` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`decision` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `experiments_by_name` ON `experiments` (`scope`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `experiments_running` ON `experiments` (`scope`,`parameter`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `experiments_ended` ON `experiments` (`ended_at`) WHERE ended_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `tunings` (
	`scope` text NOT NULL,
	`parameter` text NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`scope`, `parameter`)
) WITHOUT ROWID;
