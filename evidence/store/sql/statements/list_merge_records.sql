-- ?1 merge_key, ?2 the publication they are to stand in still (0: wherever)
SELECT record_key
FROM merge_record JOIN source_record USING (record_key)
WHERE merge_key = ?1 AND (?2 = 0 OR publication_key = ?2)
ORDER BY record_key
