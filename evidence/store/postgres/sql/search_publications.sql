-- ?1, ?2 and ?3 as in count_found_publications; ?4 how many to give, ?5 how many to skip
SELECT publication_key
FROM (SELECT publication_key,
             greatest(CASE WHEN stems @@ CAST(CAST(?1 AS TEXT) AS TSQUERY)
                           THEN ts_rank(stems, CAST(CAST(?1 AS TEXT) AS TSQUERY), 1) END,
                      CASE WHEN words @@ CAST(CAST(?2 AS TEXT) AS TSQUERY)
                           THEN ts_rank(words, CAST(CAST(?2 AS TEXT) AS TSQUERY), 1) END) AS rank
      FROM publication_search
      WHERE stems @@ CAST(CAST(?1 AS TEXT) AS TSQUERY) OR words @@ CAST(CAST(?2 AS TEXT) AS TSQUERY)) AS hit
JOIN publication USING (publication_key)
WHERE study IS NULL AND withdrawn = 0 AND screening = ?3
ORDER BY hit.rank DESC, publication_key DESC
LIMIT ?4 OFFSET ?5
