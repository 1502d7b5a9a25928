DELETE FROM curated_record
