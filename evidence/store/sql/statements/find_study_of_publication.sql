-- ?1 publication_key: the study that it is, and whether notices were added to that before
SELECT source_id,
       EXISTS (SELECT 1 FROM study JOIN noted_study USING (study_key)
               WHERE study.id = source_record.source_id)
FROM source_record
WHERE publication_key = ?1 AND source = 'curated'
