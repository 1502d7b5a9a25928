-- ?1 changed, ?2 base_hash
INSERT INTO meta (only_row, changed, base_hash) VALUES (1, ?1, ?2)
ON CONFLICT (only_row) DO UPDATE SET changed = excluded.changed, base_hash = excluded.base_hash
