-- ?1 study_key, ?2 position, ?3 intervention, ?4 event, ?5 severity, ?6 rate, ?7 numerator,
-- ?8 denominator
INSERT INTO harm (study_key, position, intervention, event, severity, rate, numerator, denominator)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
