-- ?1 name
DELETE FROM document WHERE name = ?1
