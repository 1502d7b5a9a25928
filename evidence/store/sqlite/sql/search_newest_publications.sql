-- As search_publications, the newest first: for what so many match that no order of merit helps. With a
-- limit, even none, the order within is kept, and both searches are walked only as far as needed
SELECT publication_key
FROM (SELECT rowid AS publication_key FROM publication_search WHERE publication_search MATCH ?1
      UNION
      SELECT rowid FROM publication_words WHERE publication_words MATCH ?2
      ORDER BY 1 DESC
      LIMIT -1) AS hit
CROSS JOIN publication USING (publication_key)
WHERE study IS NULL AND withdrawn = 0 AND screening = ?3
LIMIT ?4 OFFSET ?5
