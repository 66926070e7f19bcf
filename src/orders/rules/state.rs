//! The states of an order and every step between them.

pub use crate::names::sets::OrderState as State;

/// Something that may be done to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// By an approver of the account.
    Approve,
    /// By an approver of the account.
    Reject,
    /// By the supplier.
    Hold,
    /// By the supplier.
    Release,
    /// By the supplier.
    Accept,
    /// A shipment that leaves something to ship.
    ShipPart,
    /// The shipment of the rest.
    ShipRest,
    /// The last shipment arrived.
    Deliver,
    /// The last invoice is paid.
    Close,
    /// By a buyer of the account.
    CancelAsBuyer,
    /// By the supplier.
    CancelAsStaff,
    /// A payment that settled it was taken back.
    Reopen,
    /// By either: lines that are still to leave are called off, and others go on.
    CancelPart,
    /// By either: all that is still to leave is called off.
    CancelRest,
    /// By a buyer of the account: other lines or quantities.
    ChangeAsBuyer,
    /// By a buyer of the account: the supplier is asked for them.
    AskForChange,
    /// By the supplier.
    ChangeAsStaff,
}

impl State {
    /// The state after `action`, or none where it is not allowed.
    pub fn after(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::PendingApproval, Action::Approve) => Some(Self::Placed),
            (Self::PendingApproval, Action::Reject) => Some(Self::Rejected),
            (Self::OnHold, Action::Release) => Some(Self::Placed),
            (Self::Placed | Self::Accepted, Action::Hold) => Some(Self::OnHold),
            (Self::Placed, Action::Accept) => Some(Self::Accepted),
            (Self::Accepted | Self::PartlyShipped, Action::ShipPart) => Some(Self::PartlyShipped),
            (Self::Accepted | Self::PartlyShipped, Action::ShipRest) => Some(Self::Shipped),
            (Self::Shipped, Action::Deliver) => Some(Self::Delivered),
            (Self::Delivered, Action::Close) => Some(Self::Closed),
            (Self::Closed, Action::Reopen) => Some(Self::Delivered),
            (Self::PendingApproval | Self::OnHold | Self::Placed, Action::CancelAsBuyer)
            | (Self::PendingApproval | Self::OnHold | Self::Placed | Self::Accepted, Action::CancelAsStaff) => {
                Some(Self::Cancelled)
            }
            (Self::Placed | Self::Accepted | Self::PartlyShipped, Action::CancelPart) => Some(self),
            (Self::PartlyShipped, Action::CancelRest) => Some(Self::Shipped),
            (Self::PendingApproval | Self::OnHold | Self::Placed, Action::ChangeAsBuyer)
            | (Self::Accepted | Self::PartlyShipped, Action::AskForChange)
            | (
                Self::PendingApproval | Self::OnHold | Self::Placed | Self::Accepted | Self::PartlyShipped,
                Action::ChangeAsStaff,
            ) => Some(self),
            _ => None,
        }
    }

    /// True while what is not invoiced of it counts as exposure.
    pub fn is_committed(self) -> bool {
        Self::COMMITTED.contains(&self)
    }

    /// True while its backordered lines wait for stock.
    pub fn is_served(self) -> bool {
        Self::SERVED.contains(&self)
    }

    /// True if its purchase order number is free for another order.
    pub fn frees_po_number(self) -> bool {
        Self::VOID.contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTIONS: [Action; 17] = [
        Action::Approve,
        Action::Reject,
        Action::Hold,
        Action::Release,
        Action::Accept,
        Action::ShipPart,
        Action::ShipRest,
        Action::Deliver,
        Action::Close,
        Action::CancelAsBuyer,
        Action::CancelAsStaff,
        Action::CancelPart,
        Action::CancelRest,
        Action::Reopen,
        Action::ChangeAsBuyer,
        Action::AskForChange,
        Action::ChangeAsStaff,
    ];

    /// One row a state, one word an action in the order of [`ACTIONS`]: the state after it; `-` is refused.
    const TABLE: [(&str, &str); 10] = [
        (
            "pending_approval",
            "placed rejected - - - - - - - cancelled cancelled - - - pending_approval - pending_approval",
        ),
        ("rejected", "- - - - - - - - - - - - - - - - -"),
        (
            "on_hold",
            "- - - placed - - - - - cancelled cancelled - - - on_hold - on_hold",
        ),
        (
            "placed",
            "- - on_hold - accepted - - - - cancelled cancelled placed - - placed - placed",
        ),
        (
            "accepted",
            "- - on_hold - - partly_shipped shipped - - - cancelled accepted - - - accepted accepted",
        ),
        (
            "partly_shipped",
            "- - - - - partly_shipped shipped - - - - partly_shipped shipped - - partly_shipped partly_shipped",
        ),
        ("shipped", "- - - - - - - delivered - - - - - - - - -"),
        ("delivered", "- - - - - - - - closed - - - - - - - -"),
        ("closed", "- - - - - - - - - - - - - delivered - - -"),
        ("cancelled", "- - - - - - - - - - - - - - - - -"),
    ];

    #[test]
    fn every_state_and_action_is_in_the_table() {
        for (state, (name, row)) in State::ALL.into_iter().zip(TABLE) {
            assert_eq!(state.name(), name);
            let states: Vec<_> = row.split(' ').collect();
            assert_eq!(states.len(), ACTIONS.len(), "{name}");
            for (action, expected) in ACTIONS.into_iter().zip(states) {
                assert!(
                    expected == "-" || State::from_name(expected).is_some(),
                    "{name} {action:?}: {expected}"
                );
                let expected = State::from_name(expected);
                assert_eq!(state.after(action), expected, "{name} {action:?}");
            }
        }
    }

    #[test]
    fn only_what_is_committed_is_served() {
        for state in State::ALL {
            assert!(!state.is_served() || state.is_committed(), "{state:?}");
            assert!(!state.frees_po_number() || !state.is_committed(), "{state:?}");
        }
    }
}
