-- As search_publications, the newest first: for what so many match that no order of merit helps
SELECT publication_key
FROM (SELECT rowid AS publication_key FROM publication_search WHERE publication_search MATCH ?1
      UNION
      SELECT rowid FROM publication_words WHERE publication_words MATCH ?2
      ORDER BY 1 DESC) AS hit
CROSS JOIN publication USING (publication_key)
WHERE study IS NULL AND withdrawn = 0 AND screening = ?3
LIMIT ?4 OFFSET ?5
