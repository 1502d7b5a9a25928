-- ?1 the query as words, to be stemmed; ?2 the same with a last word that may be a beginning;
-- ?3 how many to give, ?4 how many to skip
SELECT study.id
FROM (SELECT rowid AS study_key, rank FROM study_search WHERE study_search MATCH ?1
      UNION ALL
      SELECT rowid, rank FROM study_words WHERE study_words MATCH ?2) AS hit
JOIN study USING (study_key)
GROUP BY study_key
ORDER BY min(hit.rank), study.id
LIMIT ?3 OFFSET ?4
