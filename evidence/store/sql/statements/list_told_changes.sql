-- Rows of the log that tell of lines of the feed
SELECT id, json_extract(detail, '$.first'), json_extract(detail, '$.last'), after_hash
FROM audit
WHERE kind = 'changes'
ORDER BY id
