-- ?1 hash of the secret
DELETE FROM session WHERE secret_hash = ?1
