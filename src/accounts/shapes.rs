//! REST shapes of accounts that both sides read: terms, sites, teams.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::rules::{self, Absence, Account, Staff, Team, TeamFunction, Tier};
use super::sites::Site;
use super::windows::rules::Window;
use super::windows::shapes::DeliveryWindow;
use crate::money::Money;

/// An account and its terms.
#[derive(Serialize, ToSchema)]
pub struct AccountView {
    #[schema(example = "acc_0BGK1J3Z00000")]
    id: String,
    code: String,
    name: String,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "DE")]
    country: String,
    /// ISO 4217; every amount of the account is in it.
    #[schema(example = "EUR")]
    currency: &'static str,
    tier: Tier,
    payment_terms_days: i32,
    /// Null = no limit.
    #[schema(required, example = "250000.00")]
    credit_limit: Option<String>,
    /// What the account owes and has committed.
    #[schema(example = "1299.50")]
    exposure: String,
    /// What of the limit is left; null without a limit.
    #[schema(required, example = "248700.50")]
    available: Option<String>,
    /// BCP 47.
    #[schema(example = "de-DE")]
    locale: String,
    /// IANA time zone.
    #[schema(example = "Europe/Berlin")]
    time_zone: &'static str,
}

impl AccountView {
    /// The account with what counts against its limit.
    pub fn new(account: Account, exposure_minor: i64) -> Self {
        let exposure = Money::new(exposure_minor, account.currency);
        Self {
            id: account.id.to_string(),
            code: account.code,
            name: account.name,
            country: account.country,
            currency: account.currency.code(),
            tier: account.tier,
            payment_terms_days: account.payment_terms_days,
            credit_limit: account.credit_limit.map(|limit| limit.to_string()),
            exposure: exposure.to_string(),
            available: rules::available(account.credit_limit, exposure).map(|left| left.to_string()),
            locale: account.locale,
            time_zone: account.time_zone.name(),
        }
    }
}

/// A place the account takes goods at.
#[derive(Serialize, ToSchema)]
pub struct SiteView {
    #[schema(example = "sit_0BGK1J3Z00001")]
    id: String,
    /// What `ship_to` of an order names.
    #[schema(example = "MAIN")]
    code: String,
    name: String,
    /// ISO 3166-1 alpha-2.
    country: String,
    #[schema(required)]
    street: Option<String>,
    #[schema(required)]
    city: Option<String>,
    #[schema(required)]
    postal_code: Option<String>,
}

impl From<Site> for SiteView {
    fn from(site: Site) -> Self {
        Self {
            id: site.id.to_string(),
            code: site.code,
            name: site.name,
            country: site.country,
            street: site.street,
            city: site.city,
            postal_code: site.postal_code,
        }
    }
}

/// A place the account takes goods at, with when it does.
#[derive(Serialize, ToSchema)]
pub struct SiteWithWindowsView {
    #[serde(flatten)]
    site: SiteView,
    /// When it takes goods in, in its own time; at any time if there is none.
    delivery_windows: Vec<DeliveryWindow>,
}

impl SiteWithWindowsView {
    /// A site with its windows, Monday first.
    pub fn new(site: Site, windows: &[Window]) -> Self {
        Self {
            site: site.into(),
            delivery_windows: windows.iter().map(DeliveryWindow::from).collect(),
        }
    }
}

/// Somebody behind the account.
#[derive(Serialize, ToSchema)]
pub struct TeamMemberView {
    /// 1 is the key account manager.
    position: i32,
    function: TeamFunction,
    name: String,
    email: String,
    #[schema(required)]
    phone: Option<String>,
    /// Today's absence or the next one.
    #[schema(required)]
    absent: Option<AbsenceView>,
    /// Who steps in; null unless the person is away today.
    #[schema(required)]
    deputy: Option<DeputyView>,
}

/// Days somebody is away, both included.
#[derive(Serialize, ToSchema)]
pub struct AbsenceView {
    from: NaiveDate,
    /// Null = until further notice.
    #[schema(required)]
    to: Option<NaiveDate>,
}

/// Who steps in.
#[derive(Serialize, ToSchema)]
pub struct DeputyView {
    name: String,
    email: String,
    #[schema(required)]
    phone: Option<String>,
}

impl From<Absence> for AbsenceView {
    fn from(absence: Absence) -> Self {
        Self {
            from: absence.from,
            to: absence.to,
        }
    }
}

impl From<&Staff> for DeputyView {
    fn from(staff: &Staff) -> Self {
        Self {
            name: staff.name.clone(),
            email: staff.email.clone(),
            phone: staff.phone.clone(),
        }
    }
}

/// The team as it stands on `today`, by position.
pub fn team(team: &Team, today: NaiveDate) -> Vec<TeamMemberView> {
    let places = team.places.iter().map(|place| TeamMemberView {
        position: place.position,
        function: place.function,
        name: place.staff.name.clone(),
        email: place.staff.email.clone(),
        phone: place.staff.phone.clone(),
        absent: team.absence(place, today).map(AbsenceView::from),
        deputy: team.stand_in(place, today).map(DeputyView::from),
    });
    places.collect()
}
