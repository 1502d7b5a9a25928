-- ?1 id, ?2 name, ?3 plain, ?4 kind, ?5 summary, ?6 sham, ?7 hash
INSERT INTO intervention (id, name, plain, kind, summary, sham, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    plain = excluded.plain,
    kind = excluded.kind,
    summary = excluded.summary,
    sham = excluded.sham,
    hash = excluded.hash
