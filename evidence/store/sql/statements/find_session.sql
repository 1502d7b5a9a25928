-- ?1 hash of the secret, ?2 now
SELECT token.id, token.name, token.scopes, token.created, token.expires, token.revoked,
       token.last_used
FROM session JOIN token ON token.id = session.token
WHERE session.secret_hash = ?1 AND session.expires > ?2
