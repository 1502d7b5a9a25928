-- ?1 source, ?2 source_id
SELECT record_key, publication_key, hash, fields, joined_by, score, first_seen, last_seen
FROM source_record
WHERE source = ?1 AND source_id = ?2
