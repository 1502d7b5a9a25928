-- ?1 likeness, ?2 record_key
INSERT OR IGNORE INTO record_likeness (likeness, record_key) VALUES (?1, ?2)
