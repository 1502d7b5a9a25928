SELECT base_hash FROM intake_meta
