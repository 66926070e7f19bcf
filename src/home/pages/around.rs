//! What stands around every page: who reads it, for whom, in which language, whom they turn to.
//!
//! What pages of an account have in common is kept in mind under the account, so nobody ever reads another's. What is one's own
//! comes with the session or is asked for each time.

use std::sync::Arc;

use crate::accounts::correspondence::{self, Surrounding};
use crate::clock;
use crate::db::{Connection, Database, Remembered, Topics};
use crate::drafts;
use crate::error::Result;
use crate::identity::caller::{self, Caller, MayManage, Surroundings};
use crate::identity::rules::rights::Right;
use crate::identity::sessions::Standing;
use crate::ids::AccountId;
use crate::languages::Language;
use crate::web::Badges;
use crate::web::shell::{self, Area, Person, Shell};

/// Accounts whose surroundings are known at a time.
const ACCOUNTS_MAX: u64 = 10_000;

/// What stands around pages, as it was lately.
#[derive(Debug)]
pub struct Around {
    /// Under none what is the same for everybody.
    of_accounts: Remembered<Option<AccountId>, Arc<Surrounding>>,
}

impl Around {
    pub fn new(db: &Database) -> Self {
        Self {
            of_accounts: Remembered::new(db, Topics::PARTIES, ACCOUNTS_MAX),
        }
    }

    async fn of(&self, db: &Database, account_id: Option<AccountId>) -> Result<Arc<Surrounding>> {
        let read = move |connection: &mut Connection| {
            correspondence::around(connection, account_id, clock::now()).map(Arc::new)
        };
        self.of_accounts.get(db, account_id, read).await
    }

    async fn with_reader(&self, db: &Database, caller: &Caller, shell: &mut Shell) -> Result<()> {
        let account_id = caller.account_id();
        let around = self.of(db, account_id).await?;
        shell.supplied_by(around.supplier.as_ref());
        let account = around.account.as_ref();
        if let Some(acting) = &caller.acting {
            let acted_for = match account_id {
                Some(id) if id == acting.account_id => around.clone(),
                _ => self.of(db, Some(acting.account_id)).await?,
            };
            shell.acting = acted_for.account.as_ref().map(|account| shell::Acting {
                account: account.name.clone(),
                staff: acting.staff.to_string(),
            });
        }
        // Whoever acts for an account goes on reading their own language.
        let tag = account.filter(|_| caller.acting.is_none());
        let tag = tag.map(|account| account.locale.as_str());
        shell.language = Language::of(caller.about.language, tag);
        shell.session_ends_at = Some(caller.session_ends_at);
        shell.area = if account.is_some() { Area::Portal } else { Area::Desk };
        shell.person = Some(Person {
            name: caller.about.name.clone(),
            company: account.map(|account| account.name.clone()),
            manages_people: match &caller.standing {
                Standing::Member { roles, .. } => MayManage::allows(roles),
                Standing::Staff { .. } => false,
            },
        });
        if let Some(account) = account {
            shell.zone = account.zone;
            shell.contact.clone_from(&account.contact);
        }
        if let Some(account_id) = account_id {
            shell.badges = Badges {
                draft_lines: drafts::count(db, account_id, caller.person_id).await?,
            };
        }
        Ok(())
    }
}

impl Surroundings for Around {
    /// Puts into the shell the supplier and, once they are known, what depends on who reads.
    fn put<'a>(&'a self, db: &'a Database, caller: Option<&'a Caller>, mut shell: Shell) -> caller::Around<'a> {
        Box::pin(async move {
            match caller {
                Some(caller) => self.with_reader(db, caller, &mut shell).await?,
                None => shell.supplied_by(self.of(db, None).await?.supplier.as_ref()),
            }
            Ok(shell)
        })
    }
}
