-- ?1 publication_key, ?2 stems, ?3 words
INSERT INTO publication_search (publication_key, stems, words)
VALUES (?1, CAST(CAST(?2 AS TEXT) AS TSVECTOR), CAST(CAST(?3 AS TEXT) AS TSVECTOR))
