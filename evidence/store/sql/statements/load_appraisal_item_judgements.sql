-- ?1 and ?2 the first and the last study_key
SELECT study_key, appraisal, judgement FROM appraisal_item
WHERE study_key BETWEEN ?1 AND ?2
ORDER BY study_key, appraisal, position
