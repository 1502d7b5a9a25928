-- ?1 id, ?2 when
UPDATE token SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL
