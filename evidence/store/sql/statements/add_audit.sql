-- ?1 id, ?2 at, ?3 actor, ?4 action, ?5 kind, ?6 record, ?7 before_hash, ?8 after_hash, ?9 detail,
-- ?10 undoes, ?11 previous_hash, ?12 hash
INSERT INTO audit (id, at, actor, action, kind, record, before_hash, after_hash, detail, undoes,
                   previous_hash, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
