SELECT source, source_id, hash, fields FROM source_record
