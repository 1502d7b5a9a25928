-- The row of the log that tells of a merge; 0: none does.
-- ?1 merge_key
SELECT coalesce(max(id), 0) FROM audit WHERE action = 'merge' AND CAST(json_extract(detail, '$.merge') AS BIGINT) = ?1
