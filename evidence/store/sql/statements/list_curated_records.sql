SELECT curated_record.kind, curated_record.record, audit.id, audit.at, audit.actor
FROM curated_record JOIN audit ON audit.id = curated_record.audit_id
ORDER BY curated_record.kind, curated_record.record
