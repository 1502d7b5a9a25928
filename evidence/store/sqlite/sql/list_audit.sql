-- The oldest first.
-- ?1 kind, ?2 record, ?3 actor, NULL for any; ?4 the id after which to begin, ?5 how many
SELECT id, at, actor, action, kind, record, before_hash, after_hash, detail,
       json_extract(detail, '$.reason'), json_extract(detail, '$.source'),
       undoes,
       (SELECT later.id FROM audit AS later WHERE later.undoes = audit.id ORDER BY later.id DESC LIMIT 1),
       hash
FROM audit
WHERE id > ?4 AND (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR record = ?2)
      AND (?3 IS NULL OR actor = ?3)
ORDER BY id
LIMIT ?5
