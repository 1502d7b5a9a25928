SELECT study_key, alias FROM study_alias ORDER BY study_key, position
