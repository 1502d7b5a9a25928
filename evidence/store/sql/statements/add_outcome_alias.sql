-- ?1 outcome, ?2 position, ?3 alias
INSERT INTO outcome_alias (outcome, position, alias)
VALUES (?1, ?2, ?3)
