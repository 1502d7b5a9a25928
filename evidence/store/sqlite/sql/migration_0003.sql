-- The third schema: what readers say is wrong, for people to look at. Nothing tells who said it: there
-- is no column for an address, a name or a program, and the time is all that is kept beside the words.
CREATE TABLE report (
    id      INTEGER PRIMARY KEY AUTOINCREMENT, -- told to the sender, so never given twice
    at      INTEGER NOT NULL, -- seconds since 1970 UTC
    kind    TEXT NOT NULL CHECK (kind IN ('report', 'cds-feedback')),
    about   TEXT NOT NULL CHECK (about <> ''), -- a page's address, or what a card was about
    text    TEXT NOT NULL,
    status  TEXT NOT NULL CHECK (status IN ('open', 'closed')),
    outcome TEXT CHECK ((status = 'closed') = (outcome IS NOT NULL)) -- what came of it
) STRICT;

CREATE INDEX report_by_status ON report (status, kind);

PRAGMA user_version = 3;
