-- How far the index and the rows that say they are in it differ
SELECT (SELECT count(*) FROM publication
        WHERE searchable = 1
              AND publication_key NOT IN (SELECT publication_key FROM publication_search)) +
       (SELECT count(*) FROM publication_search
        WHERE publication_key NOT IN (SELECT publication_key FROM publication WHERE searchable = 1)) +
       (SELECT count(*) FROM publication
        WHERE searchable <> CASE WHEN study IS NULL AND withdrawn = 0 THEN 1 ELSE 0 END)
