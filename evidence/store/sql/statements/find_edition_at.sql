-- The last edition that was there at a time.
-- ?1 the time
SELECT edition_key, at, actor, audit_id, base_hash, version
FROM edition
WHERE at <= ?1
ORDER BY edition_key DESC
LIMIT 1
