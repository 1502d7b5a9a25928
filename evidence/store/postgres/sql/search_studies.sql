-- ?1 the query's stems; ?2 its words, the last of which may be a beginning; ?3 how many to give,
-- ?4 how many to skip
SELECT study.id
FROM (SELECT study_key,
             greatest(CASE WHEN stems @@ CAST(CAST(?1 AS TEXT) AS TSQUERY)
                           THEN ts_rank(stems, CAST(CAST(?1 AS TEXT) AS TSQUERY), 1) END,
                      CASE WHEN words @@ CAST(CAST(?2 AS TEXT) AS TSQUERY)
                           THEN ts_rank(words, CAST(CAST(?2 AS TEXT) AS TSQUERY), 1) END) AS rank
      FROM study_search
      WHERE stems @@ CAST(CAST(?1 AS TEXT) AS TSQUERY) OR words @@ CAST(CAST(?2 AS TEXT) AS TSQUERY)) AS hit
JOIN study USING (study_key)
ORDER BY hit.rank DESC, study_key
LIMIT ?3 OFFSET ?4
