-- ?1 study_key, ?2 position, ?3 instrument, ?4 overall, ?5 score, ?6 out_of, ?7 scope,
-- ?8 share_low, ?9 share_high, ?10 applies_to, ?11 as_reported, ?12 rated_by
INSERT INTO appraisal (study_key, position, instrument, overall, score, out_of, scope, share_low,
                       share_high, applies_to, as_reported, rated_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
