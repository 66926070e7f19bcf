-- What waits on the desk is few beside the whole history of claims and returns: lists of it walk these alone.
CREATE INDEX claims_to_decide ON claims (answer_by, id) WHERE state IN ('open', 'in_review');
CREATE INDEX claims_to_settle ON claims (id) WHERE state IN ('accepted', 'partly_accepted');
CREATE INDEX returns_by_state ON returns (state, id);
