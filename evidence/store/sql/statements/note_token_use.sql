-- ?1 id, ?2 when
UPDATE token SET last_used = ?2 WHERE id = ?1 AND coalesce(last_used, 0) < ?2
