SELECT version FROM touchstone_store
