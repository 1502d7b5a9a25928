-- ?1 study_key, ?2 position, ?3 alias
INSERT INTO study_alias (study_key, position, alias)
VALUES (?1, ?2, ?3)
