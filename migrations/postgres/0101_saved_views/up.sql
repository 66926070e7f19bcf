-- A name that a person gives to the filter and sort of a list.
CREATE TABLE saved_views (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    list TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    query TEXT NOT NULL
);
CREATE UNIQUE INDEX saved_views_name ON saved_views (person_id, list, name);
