-- ?1 merge_key
SELECT into_key, from_key, from_id, from_screening, from_added, into_screening, at, undone
FROM merge
WHERE merge_key = ?1
