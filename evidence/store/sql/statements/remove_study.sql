-- ?1 study_key; all that belongs to it goes with it
DELETE FROM study WHERE study_key = ?1
