-- ?1 id
SELECT id, at, actor, action, kind, record, before_hash, after_hash, detail,
       json_extract(detail, '$.reason'), json_extract(detail, '$.source'),
       undoes,
       (SELECT later.id FROM audit AS later WHERE later.undoes = audit.id ORDER BY later.id DESC LIMIT 1)
           AS undone_by,
       hash
FROM audit
WHERE id = ?1
