DROP TABLE idempotency_keys;
DROP TABLE password_resets;
DROP TABLE sign_in_failures;
DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE signing_keys;
DROP TABLE person_roles;
DROP TABLE people;
