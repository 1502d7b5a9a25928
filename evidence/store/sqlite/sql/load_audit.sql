-- ?1 the id after which to begin, ?2 how many
SELECT id, at, actor, action, kind, record, before_hash, after_hash, previous_hash, hash
FROM audit
WHERE id > ?1
ORDER BY id
LIMIT ?2
