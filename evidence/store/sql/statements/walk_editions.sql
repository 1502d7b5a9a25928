-- Every edition, the newest first, with what seals it
SELECT edition_key, edition.at, edition.actor, audit_id, base_hash, version, order_hash, edition.hash, audit.hash
FROM edition LEFT JOIN audit ON audit.id = edition.audit_id
ORDER BY edition_key DESC
