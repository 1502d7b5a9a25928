-- ?1 record_key
DELETE FROM record_identifier WHERE record_key = ?1
