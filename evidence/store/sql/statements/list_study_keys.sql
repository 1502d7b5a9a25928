SELECT study_key FROM study ORDER BY study_key
