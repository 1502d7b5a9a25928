-- Every row, from the first on
SELECT id, at, actor, action, kind, record, before_hash, after_hash, detail, undoes,
       previous_hash, hash
FROM audit
ORDER BY id
