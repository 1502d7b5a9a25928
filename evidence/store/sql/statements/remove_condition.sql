-- ?1 id; its lists go with it
DELETE FROM condition WHERE id = ?1
