-- ?1 and ?2 as in search_studies, ?3 where to stop counting
SELECT count(*)
FROM (SELECT study_key
      FROM study_search
      WHERE stems @@ CAST(CAST(?1 AS TEXT) AS TSQUERY) OR words @@ CAST(CAST(?2 AS TEXT) AS TSQUERY)
      LIMIT ?3) AS found
