-- ?1 source, ?2 source_id, ?3 publication_key, ?4 fields, ?5 hash, ?6 deleted, ?7 joined_by, ?8 score,
-- ?9 run (NULL: none), ?10 now
INSERT INTO source_record (record_key, source, source_id, publication_key, fields, hash, deleted, joined_by,
                           score, first_run, last_run, first_seen, last_seen)
VALUES ((SELECT coalesce(max(record_key), 0) + 1 FROM source_record),
        ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?10)
RETURNING record_key
