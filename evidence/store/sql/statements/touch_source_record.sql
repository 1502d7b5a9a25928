-- ?1 record_key, ?2 run (NULL: none), ?3 now
UPDATE source_record SET last_run = ?2, last_seen = ?3 WHERE record_key = ?1
