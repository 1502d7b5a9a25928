-- ?1 study_key, ?2 position, ?3 url, ?4 place, ?5 read_at
INSERT INTO source (study_key, position, url, place, read_at)
VALUES (?1, ?2, ?3, ?4, ?5)
