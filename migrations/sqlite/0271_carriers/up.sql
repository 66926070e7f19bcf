-- Who carries goods, and where each tells how far a parcel is.
CREATE TABLE carriers (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    -- As codes and names are compared.
    code_key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    -- With {tracking_number} in it.
    tracking_url TEXT
) STRICT;

CREATE UNIQUE INDEX carriers_code ON carriers (code);
CREATE UNIQUE INDEX carriers_code_key ON carriers (code_key);
