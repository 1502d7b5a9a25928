-- ?1 the query as words, to be stemmed; ?2 the same with a last word that may be a beginning;
-- ?3 how many to give, ?4 how many to skip. The best of each index are enough: whoever is among the
-- best of both is so in one of them
SELECT study.id
FROM (SELECT study_key, min(rank) AS best
      FROM (SELECT *
            FROM (SELECT rowid AS study_key, rank FROM study_search WHERE study_search MATCH ?1
                  ORDER BY rank, rowid LIMIT ?4 + min(?3, 9223372036854775807 - ?4))
            UNION ALL
            SELECT *
            FROM (SELECT rowid, rank FROM study_words WHERE study_words MATCH ?2
                  ORDER BY rank, rowid LIMIT ?4 + min(?3, 9223372036854775807 - ?4)))
      GROUP BY study_key
      ORDER BY best, study_key
      LIMIT ?3 OFFSET ?4) AS hit
JOIN study USING (study_key)
ORDER BY best, study_key
