-- ?1 name
SELECT id FROM token WHERE name = ?1 AND revoked IS NULL
