-- ?1 intervention, ?2 position, ?3 alias
INSERT INTO intervention_alias (intervention, position, alias)
VALUES (?1, ?2, ?3)
