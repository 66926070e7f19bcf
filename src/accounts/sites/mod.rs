//! The sites of an account: where it takes goods. The first one is the default of its orders.

pub mod files;
pub(in crate::accounts) mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::keeping::Kept;
use crate::accounts::sentences;
use crate::ids::SiteId;
use crate::kept::{self, Field, Noun};
use crate::limits;
use crate::parties::Address;
use crate::row;

static SITES: LazyLock<Noun> = LazyLock::new(|| Noun::new("site", files::FILE, &FIELDS, sentences::site_code_used));

const FIELDS: [Field; 5] = [
    Field::text("name", limits::NAME),
    Field::country("country"),
    Field::text("street", limits::ADDRESS).or_none(),
    Field::text("city", limits::ADDRESS).or_none(),
    Field::text("postal_code", limits::POSTAL_CODE).or_none(),
];

row! {
    /// A place an account takes goods at.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Site in sites {
        /// Its id; ids of an account's sites grow in the order of the import file.
        pub id: SiteId,
        /// The key within the account; what `ship_to` names.
        pub code: String,
        /// What it is called.
        pub name: String,
        /// ISO 3166-1 alpha-2; decides the tax.
        pub country: String,
        /// Street and number.
        pub street: Option<String>,
        /// Town.
        pub city: Option<String>,
        pub postal_code: Option<String>,
    }
}

impl Kept for Site {
    type Id = SiteId;
    type Known = ();

    fn noun() -> &'static Noun {
        &SITES
    }

    fn id(&self) -> SiteId {
        self.id
    }

    fn code(&self) -> &str {
        &self.code
    }
}

// Orders that were placed keep the address they went to on their papers.
/// What to change of a site; what is left out stays.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeSiteBody)]
pub struct SiteInput {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// ISO 3166-1 alpha-2; decides the tax of later orders.
    country: Option<String>,
    /// Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    street: Option<String>,
    /// Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    city: Option<String>,
    /// Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    postal_code: Option<String>,
}

/// A site to be added.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AddSiteBody)]
pub struct NewSite {
    /// What `ship_to` of an order names, 1 to 64 characters; stays for good.
    #[schema(min_length = 1, max_length = 64, example = "HAMBURG")]
    code: String,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// ISO 3166-1 alpha-2; decides the tax.
    #[schema(example = "DE")]
    country: String,
    street: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
}

impl Site {
    /// Street and town on one line.
    pub fn address(&self) -> String {
        let town: Vec<_> = [&self.postal_code, &self.city]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let lines = [
            self.street.clone(),
            Some(town.join(" ")).filter(|town| !town.is_empty()),
        ];
        lines.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl From<Site> for Address {
    fn from(site: Site) -> Self {
        Self {
            name: site.name,
            street: site.street,
            postal_code: site.postal_code,
            city: site.city,
            country: site.country,
        }
    }
}

pub use self::store::find_account as account_of;
