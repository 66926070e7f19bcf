-- A name that a person gives to the filter and sort of a list.
CREATE TABLE saved_views (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_views_name ON saved_views (person_id, list, name);
