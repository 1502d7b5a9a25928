SELECT count(*) FROM study
