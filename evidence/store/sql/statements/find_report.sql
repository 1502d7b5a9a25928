-- ?1 id
SELECT id, at, kind, about, text, status, outcome FROM report WHERE id = ?1
