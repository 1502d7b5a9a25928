SELECT study_key, appraisal, name FROM appraisal_item ORDER BY study_key, appraisal, position
