-- ?1 id
SELECT secret_hash, id, name, scopes, created, expires, revoked, last_used FROM token WHERE id = ?1
