-- ?1 condition, ?2 position, ?3 outcome
INSERT INTO condition_primary_outcome (condition, position, outcome)
VALUES (?1, ?2, ?3)
