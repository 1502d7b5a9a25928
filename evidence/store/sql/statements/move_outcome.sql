-- ?1 position, ?2 id
UPDATE outcome SET position = ?1 WHERE id = ?2
