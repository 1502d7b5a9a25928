-- ?1 now, ?2 token, ?3 how many of the token's newest stay
DELETE FROM session
WHERE expires <= ?1
   OR secret_hash IN (SELECT secret_hash FROM session
                      WHERE token = ?2
                      ORDER BY created DESC, secret_hash
                      LIMIT 9223372036854775807 OFFSET ?3)
