-- ?1 name, ?2 source, ?3 query, ?4 most, ?5 every, ?6 created, ?7 due
INSERT INTO saved_search (name, source, query, most, every, created, due)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (name) DO UPDATE
SET source = excluded.source, query = excluded.query, most = excluded.most, every = excluded.every,
    due = excluded.due
