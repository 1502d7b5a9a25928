-- ?1 condition, ?2 position, ?3 parent
INSERT INTO condition_parent (condition, position, parent)
VALUES (?1, ?2, ?3)
