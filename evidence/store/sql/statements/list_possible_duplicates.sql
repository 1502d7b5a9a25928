-- ?1 publication_key: ids of the publications that it may be the same as
SELECT DISTINCT publication.id
FROM source_record AS own
CROSS JOIN record_pair ON own.record_key IN (one, other)
CROSS JOIN source_record AS another
    ON another.record_key = CASE WHEN one = own.record_key THEN other ELSE one END
CROSS JOIN publication ON publication.publication_key = another.publication_key
WHERE own.publication_key = ?1 AND verdict = 'possible' AND another.publication_key <> ?1
ORDER BY publication.id
