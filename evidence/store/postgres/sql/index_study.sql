-- ?1 study_key, ?2 its stems, ?3 its words
INSERT INTO study_search (study_key, stems, words)
VALUES (?1, CAST(CAST(?2 AS TEXT) AS TSVECTOR), CAST(CAST(?3 AS TEXT) AS TSVECTOR))
