-- ?1 study_key
SELECT text FROM study_text WHERE study_key = ?1
