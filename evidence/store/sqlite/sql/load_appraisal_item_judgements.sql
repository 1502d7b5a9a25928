SELECT study_key, appraisal, judgement FROM appraisal_item ORDER BY study_key, appraisal, position
