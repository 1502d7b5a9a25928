-- ?1 kind, ?2 record, ?3 audit_id
INSERT INTO curated_record (kind, record, audit_id) VALUES (?1, ?2, ?3)
ON CONFLICT (kind, record) DO UPDATE SET audit_id = excluded.audit_id
