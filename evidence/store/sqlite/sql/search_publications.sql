-- ?1, ?2 and ?3 as in count_found_publications; ?4 how many to give, ?5 how many to skip
SELECT publication_key
FROM (SELECT rowid AS publication_key, rank FROM publication_search
      WHERE publication_search MATCH ?1
      UNION ALL
      SELECT rowid, rank FROM publication_words WHERE publication_words MATCH ?2) AS hit
CROSS JOIN publication USING (publication_key)
WHERE study IS NULL AND withdrawn = 0 AND screening = ?3
GROUP BY publication_key
ORDER BY min(hit.rank), publication_key DESC
LIMIT ?4 OFFSET ?5
