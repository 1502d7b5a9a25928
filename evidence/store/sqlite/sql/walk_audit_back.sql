-- What changed in the base after a row of the log, the last change first.
-- ?1 id of the row
SELECT id, kind, record, before_hash, after_hash
FROM audit
WHERE id > ?1 AND kind IN ('outcome', 'intervention', 'condition', 'study', 'document')
      AND action <> 'reorder'
ORDER BY id DESC
