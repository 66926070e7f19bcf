-- Who carries goods, and where each tells how far a parcel is.
CREATE TABLE carriers (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL,
    -- As codes and names are compared.
    code_key TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    -- With {tracking_number} in it.
    tracking_url TEXT
);

CREATE UNIQUE INDEX carriers_code ON carriers (code);
CREATE UNIQUE INDEX carriers_code_key ON carriers (code_key);
