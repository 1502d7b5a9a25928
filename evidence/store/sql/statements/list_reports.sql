-- ?1 status, ?2 id after which to begin, ?3 limit
SELECT id, at, kind, about, text, status, outcome FROM report
WHERE status = ?1 AND id > ?2 ORDER BY id LIMIT ?3
