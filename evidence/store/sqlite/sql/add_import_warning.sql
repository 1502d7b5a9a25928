-- ?1 run_key, ?2 position, ?3 message
INSERT OR IGNORE INTO import_warning (run_key, position, message) VALUES (?1, ?2, ?3)
