-- ?1 and ?2 the first and the last study_key
SELECT study_key, instrument, overall, score, out_of, scope, share_low, share_high, applies_to,
       as_reported, rated_by
FROM appraisal
WHERE study_key BETWEEN ?1 AND ?2
ORDER BY study_key, position
