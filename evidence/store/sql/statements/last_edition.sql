SELECT edition_key FROM edition ORDER BY edition_key DESC LIMIT 1
