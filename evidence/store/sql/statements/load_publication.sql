-- ?1 publication_key
SELECT publication_key, id, study, retracted, withdrawn, screening, added, changed,
       coalesce(merged, (SELECT fields FROM source_record
                         WHERE source_record.publication_key = publication.publication_key
                         ORDER BY record_key LIMIT 1))
FROM publication
WHERE publication_key = ?1
