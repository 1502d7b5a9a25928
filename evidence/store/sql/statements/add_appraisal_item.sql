-- ?1 study_key, ?2 appraisal, ?3 position, ?4 name, ?5 judgement
INSERT INTO appraisal_item (study_key, appraisal, position, name, judgement)
VALUES (?1, ?2, ?3, ?4, ?5)
