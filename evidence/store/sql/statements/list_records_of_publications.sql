-- ?1 to ?16 publication_key, NULL for those that are not needed
SELECT record_key, publication_key, hash, fields, joined_by, score, first_seen, last_seen
FROM source_record
WHERE publication_key IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ORDER BY publication_key, record_key
