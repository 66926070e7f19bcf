//! The contacts of an account: people there who do not sign in, and the mails they get about its business.

pub mod api;
pub mod files;
pub mod mails;
pub mod pages;
pub mod rules;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::keeping::Kept;
use crate::accounts::sites::files::Sites;
use crate::accounts::{sentences, sites};
use crate::db::Connection;
use crate::error::{Code, Result};
use crate::events::Entry;
use crate::events::payloads::{ContactAdded, ContactChanged, ContactRemoved};
use crate::ids::{AccountId, ContactId};
use crate::kept::{self, Act, Field, Noun};
use crate::languages::Language;
use crate::limits;
use crate::mail::rules::Kind;
use crate::row;
use crate::sheets::Cells;

static CONTACTS: LazyLock<Noun> =
    LazyLock::new(|| Noun::new("contact", files::FILE, &FIELDS, sentences::contact_code_used));

const FIELDS: [Field; 7] = [
    Field::text("name", limits::NAME),
    Field::text("job_title", limits::NAME).or_none(),
    Field::mail_address("email").or_none(),
    Field::phone("phone").or_none(),
    Field::text("site", limits::CODE).or_none(),
    Field::one_of("language", Language::NAMES, "acct-language").or_none(),
    Field::some_of("mails", Kind::NAMES_OF_CONTACTS, "notify-kind").or_none(),
];

row! {
    /// Somebody at an account who does not sign in.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Contact in contacts {
        pub id: ContactId,
        /// The key within the account.
        pub code: String,
        /// What they are called.
        pub name: String,
        /// What they do there.
        pub job_title: Option<String>,
        /// Mail address.
        pub email: Option<String>,
        /// Phone number.
        pub phone: Option<String>,
        /// Code of the site they are at; mails about other sites don't reach them.
        pub site: Option<String>,
        /// What they read; none = what the account does.
        pub language: Option<Language>,
        /// The names of the kinds of mails they get, parted by blanks.
        pub mails: Option<String>,
    }
}

impl Kept for Contact {
    type Id = ContactId;
    type Known = Sites;

    fn noun() -> &'static Noun {
        &CONTACTS
    }

    fn id(&self) -> ContactId {
        self.id
    }

    fn code(&self) -> &str {
        &self.code
    }

    fn known(connection: &mut Connection, account_id: AccountId) -> Result<Sites> {
        sites::files::load_of(connection, account_id)
    }

    /// The site is the account's, and who gets mails has an address.
    fn fits(cells: &mut Cells<'_>, owner: AccountId, sites: &Sites) -> Option<()> {
        let email = cells.given("email");
        let has_address = match email {
            // Where a file has no such column, what is stored stays.
            None if cells.has("email") && cells.given("mails").is_some() => {
                cells.refuse("email", Code::Required, sentences::mails_need_an_address())
            }
            _ => Some(()),
        };
        let is_at = |site: &str| {
            sites
                .get(&owner)
                .is_some_and(|known: &HashSet<String>| known.contains(site))
        };
        let has_site = match cells.given("site") {
            Some(site) if !is_at(site) => cells.refuse("site", Code::UnknownSite, sentences::no_site(site)),
            _ => Some(()),
        };
        has_address.and(has_site)
    }

    fn happened(&self, owner: AccountId, act: Act, changed: Vec<String>) -> Option<Entry> {
        let (owner, code, name) = (Some(owner), self.code.clone(), self.name.clone());
        Some(match act {
            Act::Add => Entry::new(owner, self.id, ContactAdded { code, name }),
            Act::Change => Entry::new(owner, self.id, ContactChanged { code, name, changed }),
            Act::Remove => Entry::new(owner, self.id, ContactRemoved { code, name }),
        })
    }
}

/// What to change of a contact; what is left out stays, null empties.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeContactBody)]
pub struct ContactInput {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[serde(default, deserialize_with = "kept::text")]
    job_title: Option<String>,
    #[serde(default, deserialize_with = "kept::text")]
    email: Option<String>,
    #[serde(default, deserialize_with = "kept::text")]
    phone: Option<String>,
    /// Code of a site of the account; null: they hear of all sites.
    #[serde(default, deserialize_with = "kept::text")]
    site: Option<String>,
    /// Null: the account's language.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(value_type = Option<Language>)]
    language: Option<String>,
    /// All the kinds of mails they get.
    #[schema(value_type = Option<Vec<Kind>>)]
    mails: Option<Vec<String>>,
}

/// A contact to be added.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AddContactBody)]
pub struct NewContact {
    /// The account's own key for them, 1 to 64 characters; stays for good.
    #[schema(min_length = 1, max_length = 64, example = "AP")]
    code: String,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, example = "Accounts payable")]
    name: String,
    /// What they do there.
    job_title: Option<String>,
    /// Needed for mails.
    #[schema(example = "invoices@acme.example")]
    email: Option<String>,
    phone: Option<String>,
    /// Code of a site of the account, where they hear of that one only.
    site: Option<String>,
    /// The account's language where it is left out.
    #[schema(value_type = Option<Language>)]
    language: Option<String>,
    /// The kinds of mails they get; what invites people or gives them a new password goes to no contact.
    #[schema(value_type = Option<Vec<Kind>>, example = json!(["invoiced"]))]
    mails: Option<Vec<String>>,
}
