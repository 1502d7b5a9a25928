-- As search_studies, the newest first: for what so many match that no order of merit helps
SELECT study.id
FROM study_search JOIN study USING (study_key)
WHERE stems @@ CAST(CAST(?1 AS TEXT) AS TSQUERY) OR words @@ CAST(CAST(?2 AS TEXT) AS TSQUERY)
ORDER BY study_key DESC
LIMIT ?3 OFFSET ?4
