-- ?1 name
SELECT text FROM document WHERE name = ?1
