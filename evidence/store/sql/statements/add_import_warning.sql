-- ?1 run_key, ?2 position, ?3 message
INSERT INTO import_warning (run_key, position, message) VALUES (?1, ?2, ?3)
ON CONFLICT DO NOTHING
