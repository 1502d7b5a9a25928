-- ?1 study_key, ?2 position, ?3 type, ?4 doi, ?5 date, ?6 source
INSERT INTO notice (study_key, position, type, doi, date, source)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
