-- ?1 base_hash
INSERT INTO intake_meta (only_row, base_hash) VALUES (1, ?1)
ON CONFLICT (only_row) DO UPDATE SET base_hash = excluded.base_hash
