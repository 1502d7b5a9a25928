-- ?1 id, ?2 outcome
UPDATE report SET status = 'closed', outcome = ?2 WHERE id = ?1 AND status = 'open' RETURNING id
