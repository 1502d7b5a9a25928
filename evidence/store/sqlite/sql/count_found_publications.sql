-- ?1 the query as words, to be stemmed; ?2 the same with a last word that may be a beginning;
-- ?3 screening, ?4 where to stop counting
SELECT count(*)
FROM (SELECT publication_key
      FROM (SELECT rowid AS publication_key FROM publication_search WHERE publication_search MATCH ?1
            UNION
            SELECT rowid FROM publication_words WHERE publication_words MATCH ?2)
      CROSS JOIN publication USING (publication_key)
      WHERE study IS NULL AND withdrawn = 0 AND screening = ?3
      LIMIT ?4)
