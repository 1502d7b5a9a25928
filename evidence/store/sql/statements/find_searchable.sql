-- ?1 publication_key
SELECT searchable FROM publication WHERE publication_key = ?1
