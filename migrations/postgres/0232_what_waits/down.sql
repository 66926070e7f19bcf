DROP INDEX returns_by_state;
DROP INDEX claims_to_settle;
DROP INDEX claims_to_decide;
