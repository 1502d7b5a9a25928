-- The newest first.
-- ?1 the key before which to begin, ?2 how many
SELECT edition_key, at, actor, audit_id, base_hash, version
FROM edition
WHERE edition_key < ?1
ORDER BY edition_key DESC
LIMIT ?2
