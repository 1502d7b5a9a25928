-- How many publications are called otherwise than the fields that stand for them say
SELECT count(*)
FROM (SELECT title, year,
             coalesce(merged, (SELECT fields FROM source_record
                               WHERE source_record.publication_key = publication.publication_key
                               ORDER BY record_key LIMIT 1)) AS fields
      FROM publication)
WHERE title IS NOT json_extract(fields, '$.title') OR year IS NOT json_extract(fields, '$.year')
