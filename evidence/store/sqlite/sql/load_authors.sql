SELECT study_key, family, given, group_name FROM author ORDER BY study_key, position
