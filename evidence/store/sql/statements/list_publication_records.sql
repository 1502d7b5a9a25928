-- ?1 publication_key
SELECT record_key, publication_key, hash, fields, joined_by, score, first_seen, last_seen
FROM source_record
WHERE publication_key = ?1
ORDER BY record_key
