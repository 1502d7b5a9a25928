-- ?1 source
SELECT source_id, hash FROM source_record WHERE source = ?1 ORDER BY source_id
