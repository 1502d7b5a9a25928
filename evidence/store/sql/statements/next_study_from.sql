-- ?1 a study_key: the least that is not below it.
SELECT study_key FROM study WHERE study_key >= ?1 ORDER BY study_key LIMIT 1
