-- ?1 and ?2 as in search_studies
SELECT count(*)
FROM study_search
WHERE stems @@ CAST(CAST(?1 AS TEXT) AS TSQUERY) OR words @@ CAST(CAST(?2 AS TEXT) AS TSQUERY)
