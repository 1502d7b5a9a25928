-- ?1 merge_key, ?2 publication_key whose records move
INSERT INTO merge_record (merge_key, record_key)
SELECT ?1, record_key FROM source_record WHERE publication_key = ?2
