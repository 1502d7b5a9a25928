-- ?1 id; its lists go with it
DELETE FROM outcome WHERE id = ?1
