-- ?1 kind, ?2 as many as need to be counted
SELECT count(*) FROM (SELECT 1 FROM report WHERE status = 'open' AND kind = ?1 LIMIT ?2) AS counted
