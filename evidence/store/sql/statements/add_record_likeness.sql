-- ?1 likeness, ?2 record_key
INSERT INTO record_likeness (likeness, record_key) VALUES (?1, ?2)
ON CONFLICT DO NOTHING
