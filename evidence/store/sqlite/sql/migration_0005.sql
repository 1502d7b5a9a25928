-- Who may write: tokens, and the sessions that are opened with them. Private: neither table is part
-- of the public copy.

CREATE TABLE token (
    id          TEXT PRIMARY KEY CHECK (length(id) = 12 AND id NOT GLOB '*[^0-9a-f]*'), -- its public part
    name        TEXT NOT NULL CHECK (name <> ''), -- whose it is: the actor in the audit log
    secret_hash TEXT NOT NULL CHECK (length(secret_hash) = 64), -- BLAKE2b-256 of its secret part
    scopes      TEXT NOT NULL CHECK (scopes <> ''), -- words of evidence/model/permission.h, with commas
    created     INTEGER NOT NULL,
    expires     INTEGER, -- lets nobody in from then on; NULL: never expires
    revoked     INTEGER, -- when it was; NULL: it is not
    last_used   INTEGER  -- about; NULL: never seen
) STRICT, WITHOUT ROWID;

-- The audit log tells people apart by their tokens' names.
CREATE UNIQUE INDEX token_by_name ON token (name) WHERE revoked IS NULL;

-- Signed in on the page.
CREATE TABLE session (
    secret_hash TEXT PRIMARY KEY CHECK (length(secret_hash) = 64), -- BLAKE2b-256 of what the cookie holds
    token       TEXT NOT NULL REFERENCES token (id) ON DELETE CASCADE,
    created     INTEGER NOT NULL,
    expires     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_token ON session (token, created);

PRAGMA user_version = 5;
