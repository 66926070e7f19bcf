-- How often what anybody can cause happened since when, so that the record tells of it without growing with it.
CREATE TABLE audit_tallies (
    source TEXT NOT NULL PRIMARY KEY,
    begun_at TEXT NOT NULL,
    times INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_tallies_begun ON audit_tallies (begun_at);
