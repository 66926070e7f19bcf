//! Steps, quantities and decisions as tables and properties.

use proptest::prelude::*;

use super::*;

#[test]
fn a_claim_goes_on_as_the_table_says() {
    use Action::{Accept, AcceptPart, Reject, Review, Settle, Withdraw};
    let table = [
        (State::Open, Review, Some(State::InReview)),
        (State::Open, Accept, Some(State::Accepted)),
        (State::Open, AcceptPart, Some(State::PartlyAccepted)),
        (State::Open, Reject, Some(State::Rejected)),
        (State::Open, Withdraw, Some(State::Withdrawn)),
        (State::Open, Settle, None),
        (State::InReview, Review, None),
        (State::InReview, Accept, Some(State::Accepted)),
        (State::InReview, Withdraw, Some(State::Withdrawn)),
        (State::Accepted, Settle, Some(State::Settled)),
        (State::PartlyAccepted, Settle, Some(State::Settled)),
        (State::Accepted, Accept, Some(State::Accepted)),
        (State::Accepted, AcceptPart, Some(State::PartlyAccepted)),
        (State::PartlyAccepted, Accept, Some(State::Accepted)),
        (State::PartlyAccepted, Reject, Some(State::Rejected)),
        (State::Accepted, Review, None),
        (State::Accepted, Withdraw, None),
        (State::Rejected, Settle, None),
    ];
    for (state, action, after) in table {
        assert_eq!(state.after(action), after, "{state} {action:?}");
    }
    for state in State::ALL.into_iter().filter(|state| state.is_over()) {
        for action in Action::ALL {
            assert_eq!(state.after(action), None, "{state} {action:?}");
        }
    }
}

#[test]
fn the_day_to_answer_is_counted_from_the_day_of_filing() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(answer_by(day("2026-12-30"), 5), day("2027-01-04"));
    assert_eq!(answer_by(day("2028-02-28"), 1), day("2028-02-29"));
    assert_eq!(answer_by(NaiveDate::MAX, 1), NaiveDate::MAX);
    assert_eq!(number((2026, 42)), "CL-2026-000042");
}

#[test]
fn every_kind_of_claim_is_credited_under_its_own_name() {
    for kind in Kind::ALL {
        assert_eq!(kind.credited_for().name(), kind.name());
    }
}

proptest! {
    /// Whatever is tried in whatever order: it is settled at most once, nothing happens after it is over, only what is accepted is
    /// settled, and what is decided is never taken back by the account.
    #[test]
    fn no_way_leads_twice_to_the_same_end(steps in proptest::collection::vec(0_usize..6, 0..30)) {
        let (mut state, mut is_decided, mut settled) = (State::Open, false, 0);
        for step in steps {
            let action = Action::ALL[step];
            let Some(after) = state.after(action) else { continue };
            prop_assert!(!state.is_over());
            if matches!(action, Action::Accept | Action::AcceptPart | Action::Reject) {
                is_decided = true;
            } else {
                prop_assert_ne!(after, state);
            }
            prop_assert!(action != Action::Withdraw || !is_decided);
            if action == Action::Settle {
                prop_assert!(matches!(state, State::Accepted | State::PartlyAccepted));
                settled += 1;
            }
            state = after;
        }
        prop_assert!(settled <= 1 && (settled == 0 || is_decided));
        prop_assert_eq!(settled == 1, state == State::Settled);
    }
}
