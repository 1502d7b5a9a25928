-- How many publications are called otherwise than the fields that stand for them say
WITH standing (title, year, fields) AS (
    SELECT title, year,
           coalesce(merged, (SELECT fields FROM source_record
                             WHERE source_record.publication_key = publication.publication_key
                             ORDER BY record_key LIMIT 1))
    FROM publication
),
told (title, year, told_title, told_year) AS (
    SELECT title, year, json_extract(fields, '$.title'),
           CAST(json_extract(fields, '$.year') AS BIGINT)
    FROM standing
)
SELECT count(*)
FROM told
WHERE NOT coalesce(title = told_title, title IS NULL AND told_title IS NULL)
      OR NOT coalesce(year = told_year, year IS NULL AND told_year IS NULL)
