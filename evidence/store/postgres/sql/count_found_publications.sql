-- ?1 the query's stems; ?2 its words, the last of which may be a beginning; ?3 screening, ?4 where to
-- stop counting
SELECT count(*)
FROM (SELECT publication_key
      FROM publication_search JOIN publication USING (publication_key)
      WHERE (stems @@ CAST(CAST(?1 AS TEXT) AS TSQUERY) OR words @@ CAST(CAST(?2 AS TEXT) AS TSQUERY))
            AND study IS NULL AND withdrawn = 0 AND screening = ?3
      LIMIT ?4) AS found
