-- ?1 and ?2 the first and the last study_key
SELECT study_key, intervention, event, severity, rate, per_events, per_of, per_unit, per_low,
       per_high, per_control, reports, numerator, denominator
FROM harm
WHERE study_key BETWEEN ?1 AND ?2
ORDER BY study_key, position
