-- ?1 record_key, ?2 position, ?3 target_kind, ?4 target_value, ?5 type, ?6 doi, ?7 pmid, ?8 date,
-- ?9 source, ?10 reason
INSERT INTO found_notice (record_key, position, target_kind, target_value, type, doi, pmid, date,
                          source, reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
