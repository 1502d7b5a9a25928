SELECT study_key, number FROM registration ORDER BY study_key, position
