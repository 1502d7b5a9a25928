SELECT publication_key FROM publication WHERE searchable = 1 ORDER BY publication_key
