-- ?1 position, ?2 id
UPDATE condition SET position = ?1 WHERE id = ?2
