SELECT study_key, intervention, event, severity, rate, numerator, denominator
FROM harm
ORDER BY study_key, position
