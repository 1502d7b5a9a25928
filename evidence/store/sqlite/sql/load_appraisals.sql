SELECT study_key, instrument, overall, score, out_of, scope, share_low, share_high, applies_to,
       as_reported, rated_by
FROM appraisal
ORDER BY study_key, position
