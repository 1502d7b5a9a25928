-- ?1 edition_key
SELECT order_hash FROM edition WHERE edition_key = ?1
