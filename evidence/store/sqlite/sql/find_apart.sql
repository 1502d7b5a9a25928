-- ?1 publication_key, ?2 another: a row where any two of their records are known to be apart
SELECT 1
FROM source_record AS a
CROSS JOIN source_record AS b
CROSS JOIN record_pair ON one = min(a.record_key, b.record_key)
                      AND other = max(a.record_key, b.record_key)
WHERE a.publication_key = ?1 AND b.publication_key = ?2 AND verdict = 'apart'
LIMIT 1
