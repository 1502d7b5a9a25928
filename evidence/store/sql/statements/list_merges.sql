-- ?1 into_key
SELECT merge_key, at, who, into_key, reason, score, coalesce(from_key, 0), from_id,
       coalesce(undone, 0)
FROM merge
WHERE into_key = ?1 AND undone IS NULL
ORDER BY merge_key DESC
