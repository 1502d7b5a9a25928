-- ?1 study id, ?2 own_retracted, ?3 own_notices
INSERT INTO noted_study (study_key, own_retracted, own_notices)
SELECT study_key, ?2, ?3 FROM study WHERE id = ?1
