-- From now on it is a public copy, which has no intake
UPDATE audit_head SET published = 1
