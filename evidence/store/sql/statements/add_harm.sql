-- ?1 study_key, ?2 position, ?3 intervention, ?4 event, ?5 severity, ?6 rate, ?7 per_events,
-- ?8 per_of, ?9 per_unit, ?10 per_low, ?11 per_high, ?12 per_control, ?13 reports, ?14 numerator,
-- ?15 denominator
INSERT INTO harm (study_key, position, intervention, event, severity, rate, per_events, per_of,
                  per_unit, per_low, per_high, per_control, reports, numerator, denominator)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
