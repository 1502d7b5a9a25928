-- How many records are marked as curated by a row of the log that tells of something else
SELECT count(*)
FROM curated_record
WHERE NOT EXISTS (SELECT 1 FROM audit
                  WHERE audit.id = curated_record.audit_id AND audit.kind = curated_record.kind
                        AND audit.record = curated_record.record)
