-- ?1 publication_key: how many records, whether all were taken back, the curated study among them,
-- and source and id of the oldest
SELECT count(*), min(deleted),
       (SELECT source_id FROM source_record WHERE publication_key = ?1 AND source = 'curated'),
       (SELECT source || '
' || source_id FROM source_record WHERE publication_key = ?1
        ORDER BY record_key LIMIT 1)
FROM source_record
WHERE publication_key = ?1
