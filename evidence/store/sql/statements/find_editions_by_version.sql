-- The newest first.
-- ?1 the version of the dataset
SELECT edition_key, at, actor, audit_id, base_hash, version
FROM edition
WHERE version = ?1
ORDER BY edition_key DESC
