-- ?1 token
DELETE FROM session WHERE token = ?1
