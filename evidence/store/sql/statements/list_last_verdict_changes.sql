-- The last change of each question: what the feed says of it now. In the order of the questions.
SELECT change_key, at, question, before_verdict, before_certainty, after_verdict, after_certainty,
       cause, actor, base_hash
FROM verdict_change
WHERE change_key IN (SELECT MAX(change_key) FROM verdict_change GROUP BY question)
ORDER BY question
