-- ?1 the time from which on they are kept
DELETE FROM remembered_answer WHERE at < ?1
