-- How far the indexes and the rows that say they are in them differ
SELECT (SELECT count(*) FROM publication
        WHERE searchable = 1 AND publication_key NOT IN (SELECT id FROM publication_search_docsize)) +
       (SELECT count(*) FROM publication
        WHERE searchable = 1 AND publication_key NOT IN (SELECT id FROM publication_words_docsize)) +
       (SELECT count(*) FROM publication_search_docsize
        WHERE id NOT IN (SELECT publication_key FROM publication WHERE searchable = 1)) +
       (SELECT count(*) FROM publication WHERE searchable <> (study IS NULL AND withdrawn = 0))
