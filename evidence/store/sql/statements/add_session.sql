-- ?1 hash of the secret, ?2 token, ?3 created, ?4 expires
INSERT INTO session (secret_hash, token, created, expires) VALUES (?1, ?2, ?3, ?4)
