-- ?1 change_key before the first, ?2 earliest time, ?3 how many to give
SELECT change_key, at, question, before_verdict, before_certainty, after_verdict, after_certainty,
       cause, actor, base_hash
FROM verdict_change
WHERE change_key > ?1 AND at >= ?2
ORDER BY change_key
LIMIT ?3
