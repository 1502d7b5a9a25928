-- Whether a study is indexed as it should be.
-- ?1 study_key, ?2 its stems, ?3 its words
SELECT 1
FROM study_search
WHERE study_key = ?1 AND stems = CAST(CAST(?2 AS TEXT) AS TSVECTOR)
      AND words = CAST(CAST(?3 AS TEXT) AS TSVECTOR)
