-- ?1 kind, ?2 value, ?3 record_key
INSERT INTO record_identifier (kind, value, record_key) VALUES (?1, ?2, ?3)
ON CONFLICT DO NOTHING
