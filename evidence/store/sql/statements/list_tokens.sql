SELECT id, name, scopes, created, expires, revoked, last_used FROM token ORDER BY created, id
