-- ?1 id; its lists go with it
DELETE FROM intervention WHERE id = ?1
