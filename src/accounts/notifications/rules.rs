//! The kinds of mail people get, and which of them they may switch off.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

/// Why a mail is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum MailKind {
    OrderPlaced,
    OrderOnHold,
    OrderReleased,
    OrderAccepted,
    OrderCancelled,
    PromiseChanged,
    ShortOfStock,
    Shipped,
    Invoiced,
    PaymentReceived,
    CriticalOrder,
    TeamHold,
    DeadLetter,
    Invitation,
    PasswordReset,
}

impl MailKind {
    /// What members of an account may get.
    pub const OF_MEMBERS: &[Self] = &[
        Self::OrderPlaced,
        Self::OrderOnHold,
        Self::OrderReleased,
        Self::OrderAccepted,
        Self::OrderCancelled,
        Self::PromiseChanged,
        Self::ShortOfStock,
        Self::Shipped,
        Self::Invoiced,
        Self::PaymentReceived,
        Self::Invitation,
        Self::PasswordReset,
    ];
    /// What the supplier's staff may get.
    pub const OF_STAFF: &[Self] = &[
        Self::CriticalOrder,
        Self::TeamHold,
        Self::DeadLetter,
        Self::PasswordReset,
    ];

    /// The name on the wire and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::OrderPlaced => "order_placed",
            Self::OrderOnHold => "order_on_hold",
            Self::OrderReleased => "order_released",
            Self::OrderAccepted => "order_accepted",
            Self::OrderCancelled => "order_cancelled",
            Self::PromiseChanged => "promise_changed",
            Self::ShortOfStock => "short_of_stock",
            Self::Shipped => "shipped",
            Self::Invoiced => "invoiced",
            Self::PaymentReceived => "payment_received",
            Self::CriticalOrder => "critical_order",
            Self::TeamHold => "team_hold",
            Self::DeadLetter => "dead_letter",
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = Self::OF_MEMBERS.iter().chain(Self::OF_STAFF);
        all.copied().find(|kind| kind.name() == name)
    }

    /// The kinds that members of accounts, or the staff, may get.
    pub fn of(is_member: bool) -> &'static [Self] {
        if is_member { Self::OF_MEMBERS } else { Self::OF_STAFF }
    }

    /// False for what somebody asked for and could not go on without.
    pub fn can_be_switched_off(self) -> bool {
        !matches!(self, Self::Invitation | Self::PasswordReset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_name() {
        for kind in MailKind::OF_MEMBERS.iter().chain(MailKind::OF_STAFF) {
            assert_eq!(MailKind::from_name(kind.name()), Some(*kind));
        }
        assert_eq!(MailKind::from_name("newsletter"), None);
    }

    #[test]
    fn what_somebody_asked_for_always_comes() {
        let fixed = MailKind::OF_MEMBERS.iter().filter(|kind| !kind.can_be_switched_off());
        let names: Vec<_> = fixed.map(|kind| kind.name()).collect();
        assert_eq!(names, ["invitation", "password_reset"]);
    }
}
