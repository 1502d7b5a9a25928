-- ?1 id, ?2 hash
INSERT INTO audit_head (only_row, id, hash) VALUES (1, ?1, ?2)
ON CONFLICT (only_row) DO UPDATE SET id = excluded.id, hash = excluded.hash
