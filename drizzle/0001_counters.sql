INSERT INTO `change_counter` (`name`, `value`) VALUES ('products', 0);
