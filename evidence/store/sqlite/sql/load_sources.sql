SELECT study_key, url, place, read_at FROM source ORDER BY study_key, position
