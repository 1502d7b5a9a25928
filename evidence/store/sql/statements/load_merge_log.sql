-- What is told of a merge for good: not whether it was undone since.
-- ?1 merge_key
SELECT at, who, into_key, reason, from_key, from_id, from_screening, into_id, into_screening
FROM merge
WHERE merge_key = ?1
