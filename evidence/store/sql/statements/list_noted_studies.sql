SELECT study.id, own_retracted, own_notices FROM noted_study JOIN study USING (study_key) ORDER BY study.id
