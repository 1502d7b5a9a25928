-- ?1 id, ?2 name, ?3 hash of the secret, ?4 scopes, ?5 created, ?6 expires
INSERT INTO token (id, name, secret_hash, scopes, created, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
