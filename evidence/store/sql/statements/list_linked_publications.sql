-- ?1 publication_key: ids of the others that share a registration number with it, that it names as
-- its reports, or that name it
SELECT DISTINCT publication.id
FROM source_record AS own
CROSS JOIN record_identifier AS mine ON mine.record_key = own.record_key
CROSS JOIN record_identifier AS theirs
    ON theirs.value = mine.value
       AND theirs.kind = CASE mine.kind WHEN 'report' THEN 'pmid' WHEN 'pmid' THEN 'report'
                                        ELSE mine.kind END
CROSS JOIN source_record AS another ON another.record_key = theirs.record_key
CROSS JOIN publication ON publication.publication_key = another.publication_key
WHERE own.publication_key = ?1 AND mine.kind IN ('registration', 'report', 'pmid')
      AND another.publication_key <> ?1
ORDER BY publication.id
