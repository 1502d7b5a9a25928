-- The first row of the log whose record's former content is not kept.
-- ?1 the row after which history is kept
SELECT id, kind, record
FROM audit
WHERE id > ?1 AND kind IN ('outcome', 'intervention', 'condition', 'study', 'document')
      AND before_hash IS NOT NULL AND before_hash NOT IN (SELECT hash FROM former_content)
ORDER BY id
LIMIT 1
