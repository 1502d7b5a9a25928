-- What changed in the base after one row of the log and up to another, the last change first.
-- ?1 id of the one, ?2 of the other
SELECT id, kind, record, before_hash, after_hash
FROM audit
WHERE id > ?1 AND id <= ?2 AND kind IN ('outcome', 'intervention', 'condition', 'study', 'document')
      AND action <> 'reorder'
ORDER BY id DESC
