-- ?1 name
DELETE FROM saved_search WHERE name = ?1 RETURNING 1
