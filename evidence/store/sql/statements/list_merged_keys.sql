-- ?1 merge_key
SELECT record_key FROM merge_record WHERE merge_key = ?1 ORDER BY record_key
