-- ?1 at, ?2 kind, ?3 about, ?4 text
INSERT INTO report (id, at, kind, about, text, status)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM report), ?1, ?2, ?3, ?4, 'open')
RETURNING id
