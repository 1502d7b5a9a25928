-- The publications that are curated studies and that any record says something of
SELECT publication_key, study
FROM publication
WHERE study IS NOT NULL
      AND EXISTS (
          SELECT 1
          FROM source_record AS own
          WHERE own.publication_key = publication.publication_key
                AND (EXISTS (SELECT 1 FROM found_notice AS mine
                             WHERE mine.record_key = own.record_key AND mine.target_kind IS NULL)
                     OR EXISTS (SELECT 1
                                FROM record_identifier AS id
                                CROSS JOIN found_notice AS theirs
                                    ON theirs.target_kind = id.kind AND theirs.target_value = id.value
                                WHERE id.record_key = own.record_key)))
ORDER BY study
