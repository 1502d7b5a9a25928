-- ?1 study_key, ?2 position, ?3 number
INSERT INTO registration (study_key, position, number)
VALUES (?1, ?2, ?3)
