SELECT edition_key, at, actor, audit_id, base_hash, version FROM edition ORDER BY edition_key LIMIT 1
