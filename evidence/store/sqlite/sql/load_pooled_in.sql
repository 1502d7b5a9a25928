SELECT study_key, review FROM pooled_in ORDER BY study_key, position
