-- Those whose base's hash is between two texts, the newest first.
-- ?1 the least, ?2 the most
SELECT edition_key, at, actor, audit_id, base_hash, version
FROM edition
WHERE base_hash BETWEEN ?1 AND ?2
ORDER BY edition_key DESC
