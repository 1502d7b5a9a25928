-- ?1 merge_key, ?2 record_key
INSERT INTO merge_record (merge_key, record_key) VALUES (?1, ?2)
