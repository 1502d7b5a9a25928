-- ?1 record_key, ?2 fields, ?3 hash, ?4 deleted, ?5 run (NULL: none), ?6 now
UPDATE source_record
SET fields = ?2, hash = ?3, deleted = ?4, last_run = ?5, last_seen = ?6
WHERE record_key = ?1
