SELECT id, hash, published FROM audit_head
