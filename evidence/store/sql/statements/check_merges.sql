-- How many merges that stand lead nowhere: what went away must be gone
SELECT count(*)
FROM merge
WHERE undone IS NULL AND from_key IS NOT NULL
      AND from_key IN (SELECT publication_key FROM publication)
