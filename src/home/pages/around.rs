//! What stands around every page: who reads it, for whom, in which language, whom they turn to.

use crate::accounts::{self, correspondence};
use crate::clock;
use crate::db::Connection;
use crate::drafts;
use crate::error::{Error, Result};
use crate::identity;
use crate::identity::caller::{Caller, MayManage};
use crate::identity::rules::rights::Right;
use crate::identity::sessions::Standing;
use crate::languages::Language;
use crate::web::Badges;
use crate::web::shell::{self, Area, Person, Shell};

/// Puts into the shell the supplier and, once they are known, what depends on who reads.
pub fn load_shell(connection: &mut Connection, caller: Option<&Caller>, shell: &mut Shell) -> Result<()> {
    if let Some(supplier) = accounts::supplier(connection)? {
        shell.supplier = supplier.name;
        shell.zone = supplier.time_zone;
    }
    match caller {
        Some(caller) => for_reader(connection, caller, shell),
        None => Ok(()),
    }
}

fn for_reader(connection: &mut Connection, caller: &Caller, shell: &mut Shell) -> Result<()> {
    let person = identity::find_person(connection, caller.person_id)?.ok_or(Error::NotFound)?;
    let account = match caller.standing {
        Standing::Member { account_id, .. } => Some(accounts::get(connection, account_id)?),
        Standing::Staff { .. } => None,
    };
    if let Some(acting) = &caller.acting {
        shell.acting = Some(shell::Acting {
            account: accounts::get(connection, acting.account_id)?.name,
            staff: acting.staff.to_string(),
        });
    }
    // Whoever acts for an account goes on reading their own language.
    let tag = account.as_ref().filter(|_| caller.acting.is_none());
    let tag = tag.map(|account| account.locale.as_str());
    shell.language = Language::of(person.language, tag);
    shell.session_ends_at = Some(caller.session_ends_at);
    shell.area = if account.is_some() { Area::Portal } else { Area::Desk };
    shell.person = Some(Person {
        name: person.name,
        company: account.as_ref().map(|account| account.name.clone()),
        manages_people: match &caller.standing {
            Standing::Member { roles, .. } => MayManage::allows(roles),
            Standing::Staff { .. } => false,
        },
    });
    if let Some(account) = account {
        shell.zone = account.time_zone;
        let about = correspondence::about(connection, Some(account.id), clock::now())?;
        shell.contact = about.contact;
    }
    if let Some(account_id) = caller.account_id() {
        shell.badges = Badges {
            draft_lines: drafts::count(connection, account_id, caller.person_id)?,
        };
    }
    Ok(())
}
