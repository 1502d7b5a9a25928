-- The newest changes of verdicts, newest first.
-- ?1 how many to give
SELECT change_key, at, question, before_verdict, before_certainty, after_verdict, after_certainty,
       cause, actor, base_hash
FROM verdict_change
ORDER BY change_key DESC
LIMIT ?1
