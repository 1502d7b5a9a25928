-- ?1 study_key, ?2 position, ?3 review
INSERT INTO pooled_in (study_key, position, review)
VALUES (?1, ?2, ?3)
