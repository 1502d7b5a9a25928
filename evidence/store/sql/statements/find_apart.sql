-- ?1 publication_key, ?2 another: a row where any two of their records are known to be apart
SELECT 1
FROM source_record AS a
CROSS JOIN source_record AS b ON b.publication_key = ?2
CROSS JOIN record_pair
    ON one = CASE WHEN a.record_key < b.record_key THEN a.record_key ELSE b.record_key END
       AND other = CASE WHEN a.record_key < b.record_key THEN b.record_key ELSE a.record_key END
WHERE a.publication_key = ?1 AND verdict = 'apart'
LIMIT 1
