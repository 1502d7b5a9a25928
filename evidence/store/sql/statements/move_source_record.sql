-- ?1 record_key, ?2 publication_key
UPDATE source_record SET publication_key = ?2 WHERE record_key = ?1
