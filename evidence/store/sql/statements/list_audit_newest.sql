-- The newest first.
-- ?1 kind, ?2 record, ?3 actor, NULL for any; ?4 the id before which to begin, ?5 how many
SELECT id, at, actor, action, kind, record, before_hash, after_hash, detail,
       json_extract(detail, '$.reason'), json_extract(detail, '$.source'),
       undoes,
       (SELECT later.id FROM audit AS later WHERE later.undoes = audit.id ORDER BY later.id DESC LIMIT 1)
           AS undone_by,
       hash
FROM audit
WHERE id < ?4 AND (CAST(?1 AS TEXT) IS NULL OR kind = ?1) AND (CAST(?2 AS TEXT) IS NULL OR record = ?2)
      AND (CAST(?3 AS TEXT) IS NULL OR actor = ?3)
ORDER BY audit.id DESC
LIMIT ?5
