-- ?1 study_key, ?2 position, ?3 family, ?4 given, ?5 group_name
INSERT INTO author (study_key, position, family, given, group_name)
VALUES (?1, ?2, ?3, ?4, ?5)
