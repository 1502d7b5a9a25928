-- ?1 hash
SELECT packed, length, content FROM former_content WHERE hash = ?1
