-- ?1 and ?2 publication_keys: whether both are curated studies
SELECT count(DISTINCT publication_key) = 2
FROM source_record
WHERE publication_key IN (?1, ?2) AND source = 'curated'
