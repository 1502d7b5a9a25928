-- ?1 study_key
SELECT own_retracted, own_notices FROM noted_study WHERE study_key = ?1
