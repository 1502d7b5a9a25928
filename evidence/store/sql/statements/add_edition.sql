-- ?1 edition_key, ?2 at, ?3 actor, ?4 audit_id, ?5 base_hash, ?6 order_hash, ?7 version, ?8 hash
INSERT INTO edition (edition_key, at, actor, audit_id, base_hash, order_hash, version, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
