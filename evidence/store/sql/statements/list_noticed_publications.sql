-- ?1 record_key: the publications that its notices are about, its own left out
SELECT DISTINCT about.publication_key
FROM found_notice AS notice
CROSS JOIN record_identifier AS id ON id.kind = notice.target_kind AND id.value = notice.target_value
CROSS JOIN source_record AS about ON about.record_key = id.record_key
WHERE notice.record_key = ?1 AND notice.target_kind IS NOT NULL
      AND about.publication_key <> (SELECT publication_key FROM source_record WHERE record_key = ?1)
