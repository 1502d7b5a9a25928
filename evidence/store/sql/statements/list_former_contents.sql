SELECT hash FROM former_content ORDER BY hash
