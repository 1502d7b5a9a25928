-- ?1 change_key, ?2 position, ?3 study
INSERT INTO verdict_change_study (change_key, position, study) VALUES (?1, ?2, ?3)
