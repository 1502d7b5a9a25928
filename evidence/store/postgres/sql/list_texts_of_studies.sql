-- ?1 study keys, as an array is written: {1,2}
SELECT study_key, text FROM study_text WHERE study_key = ANY (CAST(CAST(?1 AS TEXT) AS BIGINT[]))
