-- What changed in the questions whose ids begin alike, newest first; lines that say only that a
-- question began to be followed are left out.
-- ?1 how the ids begin, up to and without a full stop ('/' is the character after it)
-- ?2 how many to give
SELECT change_key, at, question, before_verdict, before_certainty, after_verdict, after_certainty,
       cause, actor, base_hash
FROM verdict_change
WHERE question >= ?1 || '.' AND question < ?1 || '/' AND before_certainty IS NOT NULL
ORDER BY change_key DESC
LIMIT ?2
