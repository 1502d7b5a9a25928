SELECT changed, base_hash FROM meta
