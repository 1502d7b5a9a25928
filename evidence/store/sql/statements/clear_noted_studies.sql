DELETE FROM noted_study
