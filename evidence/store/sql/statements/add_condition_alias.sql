-- ?1 condition, ?2 position, ?3 alias
INSERT INTO condition_alias (condition, position, alias)
VALUES (?1, ?2, ?3)
