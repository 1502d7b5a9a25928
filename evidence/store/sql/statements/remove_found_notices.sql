-- ?1 record_key
DELETE FROM found_notice WHERE record_key = ?1
