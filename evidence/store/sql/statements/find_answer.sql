-- ?1 actor, ?2 key, ?3 the time from which on they are kept
SELECT request_hash, at, status, headers, body
FROM remembered_answer
WHERE actor = ?1 AND key = ?2 AND at >= ?3
