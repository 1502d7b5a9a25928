-- Waits for another writer at once rather than half way
BEGIN IMMEDIATE
