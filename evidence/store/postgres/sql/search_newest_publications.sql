-- As search_publications, the newest first: for what so many match that no order of merit helps
SELECT publication_key
FROM publication_search JOIN publication USING (publication_key)
WHERE (stems @@ CAST(CAST(?1 AS TEXT) AS TSQUERY) OR words @@ CAST(CAST(?2 AS TEXT) AS TSQUERY))
      AND study IS NULL AND withdrawn = 0 AND screening = ?3
ORDER BY publication_key DESC
LIMIT ?4 OFFSET ?5
