SELECT id, name, plain, kind, summary, sham FROM intervention ORDER BY id
