-- ?1 actor, ?2 key, ?3 request_hash, ?4 at, ?5 status, ?6 headers, ?7 body
INSERT INTO remembered_answer (actor, key, request_hash, at, status, headers, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
