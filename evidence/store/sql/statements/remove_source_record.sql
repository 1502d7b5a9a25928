-- ?1 record_key
DELETE FROM source_record WHERE record_key = ?1
