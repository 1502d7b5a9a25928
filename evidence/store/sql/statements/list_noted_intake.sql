-- Rows of the log that name a decision or a merge by its key, with the hash of what stood there
SELECT id, json_extract(detail, '$.decision'), json_extract(detail, '$.merge'), after_hash
FROM audit
WHERE kind = 'publication' AND detail IS NOT NULL
ORDER BY id
