-- ?1 id, ?2 hash
INSERT INTO audit_head (only_row, id, hash, published) VALUES (1, ?1, ?2, 0)
ON CONFLICT (only_row) DO UPDATE SET id = excluded.id, hash = excluded.hash
