-- The last row of the log that changed a record.
-- ?1 kind, ?2 record
SELECT id, actor, at FROM audit
WHERE kind = ?1 AND record = ?2 AND (before_hash IS NOT NULL OR after_hash IS NOT NULL)
ORDER BY id DESC
LIMIT 1
