-- What a server keeps of one group. Everything here is public within the group or already signed; no epoch secret ever is.

-- The transcript, in the bytes that are published.
CREATE TABLE entry (
    position BIGINT NOT NULL PRIMARY KEY,
    content  BLOB   NOT NULL
);

-- What entries name by address: shares within retention, what a setup consisted of.
CREATE TABLE blob (
    address BLOB NOT NULL PRIMARY KEY,
    content BLOB NOT NULL
);

-- Highest epoch number under which something was signed; one row.
CREATE TABLE epoch_number (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    used     BIGINT  NOT NULL
);

-- Statements of which there must never be a second one, written before they were sent.
CREATE TABLE statement (
    statement_key VARCHAR(200) NOT NULL PRIMARY KEY,
    envelope      BLOB         NOT NULL
);

-- Roster entries that count from the next epoch on.
CREATE TABLE held_roster (
    position BIGINT NOT NULL PRIMARY KEY,
    envelope BLOB   NOT NULL
);

-- The record that was signed last and whose signatures were not complete yet; one row.
CREATE TABLE pending_record (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    position BIGINT  NOT NULL,
    content  BLOB    NOT NULL
);
