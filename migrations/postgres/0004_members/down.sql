DROP TABLE actings;
DROP TABLE team_members;
DROP TABLE invitations;
DROP TABLE muted_mails;
DROP TABLE person_sites;
