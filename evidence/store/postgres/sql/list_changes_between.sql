-- ?1 the first key, ?2 the last
SELECT change_key, at, question, before_verdict, before_certainty, after_verdict, after_certainty,
       cause, actor, base_hash,
       (SELECT string_agg(study, ' ' ORDER BY position)
        FROM verdict_change_study
        WHERE verdict_change_study.change_key = verdict_change.change_key)
FROM verdict_change
WHERE change_key BETWEEN ?1 AND ?2
ORDER BY change_key
