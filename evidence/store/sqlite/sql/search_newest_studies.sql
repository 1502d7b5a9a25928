-- As search_studies, the newest first: for what so many match that no order of merit helps
SELECT study.id
FROM (SELECT rowid AS study_key FROM study_search WHERE study_search MATCH ?1
      UNION
      SELECT rowid FROM study_words WHERE study_words MATCH ?2
      ORDER BY 1 DESC
      LIMIT ?3 OFFSET ?4) AS hit
JOIN study USING (study_key)
ORDER BY study_key DESC
