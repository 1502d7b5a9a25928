SELECT study_key, intervention, event, severity, rate, per_events, per_of, per_unit, per_low,
       per_high, per_control, reports, numerator, denominator
FROM harm
ORDER BY study_key, position
