-- ?1 and ?2 as in search_studies, ?3 where to stop counting
SELECT count(*)
FROM (SELECT rowid FROM study_search WHERE study_search MATCH ?1
      UNION
      SELECT rowid FROM study_words WHERE study_words MATCH ?2
      ORDER BY 1 DESC
      LIMIT ?3)
