-- How many publications have none, or carry no id of their own yet
SELECT count(*)
FROM publication
WHERE NOT EXISTS (SELECT 1 FROM source_record
                  WHERE source_record.publication_key = publication.publication_key)
      OR id LIKE 'new:%'
