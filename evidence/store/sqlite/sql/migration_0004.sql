-- The fourth schema: what the base was before, and who changed what and why.
--
-- Nothing that was once in the base is lost: what a record held before it was changed or taken out
-- is kept by its hash, and the audit log says which record had which hash when. Both together give
-- the base as it stood after any change. A store that is brought up from an older schema keeps
-- history from there on: what its records held before was not kept and cannot be had back.

-- Contents that records had, by the hash that the audit log names; and the orders of lists.
CREATE TABLE former_content (
    hash    TEXT PRIMARY KEY CHECK (length(hash) = 64), -- of the content
    packed  INTEGER NOT NULL CHECK (packed IN (0, 1)),  -- 1: `content` is compressed by zlib
    length  INTEGER NOT NULL CHECK (length >= 0),       -- of the content, in bytes
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The base as it stood after each change.
CREATE TABLE edition (
    edition_key INTEGER PRIMARY KEY CHECK (edition_key > 0), -- 1, 2, 3 … without gaps
    at          INTEGER NOT NULL,  -- seconds since 1970 UTC
    actor       TEXT NOT NULL,     -- who changed it; 'migration': history begins here
    audit_id    INTEGER NOT NULL,  -- the last row of the audit log then; 0: there was none
    base_hash   TEXT NOT NULL CHECK (length(base_hash) = 64),
    order_hash  TEXT NOT NULL REFERENCES former_content (hash), -- of conditions and outcomes
    version     TEXT,              -- of the dataset, as its document told it
    hash        TEXT NOT NULL CHECK (length(hash) = 64) -- over the row and that of the audit log's
) STRICT;

CREATE INDEX edition_by_time ON edition (at, edition_key);
CREATE INDEX edition_by_base ON edition (base_hash);
CREATE INDEX edition_by_version ON edition (version, edition_key) WHERE version IS NOT NULL;

-- Records that curators changed here since the files of a build last said the same.
CREATE TABLE curated_record (
    kind     TEXT NOT NULL,
    record   TEXT NOT NULL,
    audit_id INTEGER NOT NULL, -- the last row of the audit log that tells of it
    PRIMARY KEY (kind, record)
) STRICT, WITHOUT ROWID;

-- Answers to requests that may come twice, by who asked and the key that came with it.
CREATE TABLE remembered_answer (
    actor        TEXT NOT NULL,
    key          TEXT NOT NULL,
    request_hash TEXT NOT NULL CHECK (length(request_hash) = 64), -- of what was asked
    at           INTEGER NOT NULL,
    status       INTEGER NOT NULL,
    headers      TEXT NOT NULL, -- as the caller writes them
    body         BLOB NOT NULL,
    PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX remembered_answer_by_time ON remembered_answer (at);

-- The audit log: more that can be done, and what is to be known of it besides.
CREATE TABLE audit_with_detail (
    id            INTEGER PRIMARY KEY CHECK (id > 0), -- 1, 2, 3 … without gaps
    at            INTEGER NOT NULL,  -- seconds since 1970 UTC
    actor         TEXT NOT NULL,     -- "build", "import", or whose credential it was
    action        TEXT NOT NULL CHECK (action IN (
        'add', 'change', 'remove', 'reorder', 'undo', 'screen', 'merge', 'split', 'retract')),
    kind          TEXT NOT NULL,     -- study, intervention, condition, outcome, document; import,
                                     -- publication, merge, changes
    record        TEXT NOT NULL,     -- its id or name; '' where it is about the list
    before_hash   TEXT CHECK (length(before_hash) = 64), -- of its content; NULL: it was not there
    after_hash    TEXT CHECK (length(after_hash) = 64),  -- NULL: it is gone
    detail        TEXT CHECK (detail GLOB '{*}'), -- JSON: reason, source …; NULL: nothing more
    undoes        INTEGER CHECK (undoes < id),    -- the row that this one takes back
    previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64), -- 64 zeros in the first row
    hash          TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

INSERT INTO audit_with_detail
    (id, at, actor, action, kind, record, before_hash, after_hash, previous_hash, hash)
SELECT id, at, actor, action, kind, record, before_hash, after_hash, previous_hash, hash
FROM audit;

DROP TABLE audit;

ALTER TABLE audit_with_detail RENAME TO audit;

CREATE INDEX audit_by_record ON audit (kind, record, id);
CREATE INDEX audit_by_undone ON audit (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX audit_by_actor ON audit (actor, id);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit log is never changed');
END;

CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit log is never cut');
END;

-- The log's last row, so that rows taken off its end are missed.
CREATE TABLE audit_head (
    only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
    id        INTEGER NOT NULL,
    hash      TEXT NOT NULL CHECK (length(hash) = 64),
    published INTEGER NOT NULL CHECK (published IN (0, 1)) -- 1: a public copy, which has no intake
) STRICT;

INSERT INTO audit_head (only_row, id, hash, published)
SELECT 1, id, hash, 0 FROM audit ORDER BY id DESC LIMIT 1;

PRAGMA user_version = 4;
