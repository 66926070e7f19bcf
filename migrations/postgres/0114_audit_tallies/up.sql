-- How often what anybody can cause happened since when, so that the record tells of it without growing with it.
CREATE TABLE audit_tallies (
    source TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    begun_at TIMESTAMP NOT NULL,
    times BIGINT NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX audit_tallies_begun ON audit_tallies (begun_at);
