//! `portal user`: adds people and ends their access.

use std::io::BufRead;
use std::path::PathBuf;

use super::{Failure, Outcome, erase, opening};
use crate::audit::Actor;
use crate::breached::Breached;
use crate::config::Config;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::rules::{self, AccountRole, PasswordError, StaffRole};
use crate::identity::{Employment, NewPerson, passwords};
use crate::{accounts, clock, identity, values};

/// A line longer than this is no password.
const LINE_BYTES_MAX: u64 = 4_096;

/// What to do with people.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add an active person to an account or to the staff
    Add(Add),
    /// Take a person's second factor away, where no other admin is left who could
    ResetSecondFactor {
        /// Mail address
        #[arg(long)]
        email: String,
    },
    /// End a person's access
    End {
        /// Mail address
        #[arg(long)]
        email: String,
    },
    /// Forget a person: a pseudonym takes the place of their name and addresses, all but on what the law has kept
    Erase(erase::Erase),
}

/// Who is added.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// Mail address to sign in with
    #[arg(long)]
    email: String,
    /// Code of the account they belong to
    #[arg(long, value_name = "CODE", requires = "role", required_unless_present = "staff_role")]
    account: Option<String>,
    /// Role in the account: admin, buyer, approver, finance, viewer
    #[arg(long, value_name = "ROLE", requires = "account", conflicts_with = "staff_role")]
    role: Option<String>,
    /// Role in the staff: admin, key_account_manager, customer_service, catalogue, pricing, warehouse, finance
    #[arg(long, value_name = "ROLE", conflicts_with = "account")]
    staff_role: Option<String>,
    /// Read the password, 12 to 128 characters, from the first line of standard input
    #[arg(long, required = true)]
    password_stdin: bool,
    /// What they are called [default: the mail address]
    #[arg(long)]
    name: Option<String>,
    /// Passwords from breaches, of which none is taken: a file of SHA-1 hashes in their order
    #[arg(long, env = "PORTAL_BREACHED_PASSWORDS", value_name = "FILE")]
    breached_passwords: Option<PathBuf>,
}

pub(super) fn run(config: &Config, command: &Command) -> Outcome {
    match command {
        Command::Add(add) => add_person(config, add),
        Command::ResetSecondFactor { email } => reset_factor(config, email),
        Command::End { email } => end_person(config, email),
        Command::Erase(wanted) => erase::run(config, wanted),
    }
}

fn add_person(config: &Config, add: &Add) -> Outcome {
    let email = rules::normal_email(&add.email);
    if values::mail_address(&email).is_none() {
        return Err(Failure::new(format!("{} is not a mail address.", add.email)));
    }
    let place = Place::of(add)?;
    let password = read_password(std::io::stdin().lock())?;
    let unfit = |error: PasswordError| Failure::new(error.sentence().to_string());
    rules::check_form(&password).map_err(unfit)?;
    let breached = add.breached_passwords.as_deref().map(Breached::open).transpose();
    let breached = breached.map_err(|why| Failure::new(format!("--breached-passwords {why}")))?;
    let database = opening::open_existing(config)?;
    let name = add.name.clone().unwrap_or_else(|| email.clone());
    let (employment, context) = database.read_now(|connection| {
        let employment = place.find(connection)?;
        let account = match employment {
            Employment::Account(id, _) => Some(id),
            Employment::Staff(_) => None,
        };
        Ok((employment, passwords::context(connection, &email, &name, account)?))
    })?;
    passwords::check(&password, &context, breached.as_ref())?.map_err(unfit)?;
    let person = NewPerson {
        name,
        email,
        password_hash: passwords::hash(&password)?,
        employment,
    };
    let actor = Actor::program("command");
    let id = database.write_now(move |tx| identity::add_person(tx, &actor, &person, clock::now()))?;
    println!("{id}");
    Ok(())
}

/// Where somebody works, as it was typed.
enum Place {
    Account(String, AccountRole),
    Staff(StaffRole),
}

impl Place {
    fn of(add: &Add) -> Result<Self, Failure> {
        let unknown = |role: &str| Failure::new(format!("There is no role {role}; see portal user add --help."));
        match (&add.account, &add.role, &add.staff_role) {
            (Some(code), Some(role), None) => AccountRole::from_name(role)
                .map(|found| Self::Account(code.clone(), found))
                .ok_or_else(|| unknown(role)),
            (None, None, Some(role)) => StaffRole::from_name(role).map(Self::Staff).ok_or_else(|| unknown(role)),
            _ => Err(Failure::new("Name --account with --role, or --staff-role.")),
        }
    }

    fn find(&self, connection: &mut Connection) -> Result<Employment> {
        match self {
            Self::Account(code, role) => {
                let account = accounts::open_by_code(connection, code)?;
                Ok(Employment::Account(account.id, *role))
            }
            Self::Staff(role) => Ok(Employment::Staff(*role)),
        }
    }
}

/// The first line, without its end.
fn read_password(input: impl BufRead) -> Result<String, Failure> {
    let mut line = Vec::new();
    input.take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
    let text = String::from_utf8(line)
        .ok()
        .ok_or_else(|| Failure::new("The password is not UTF-8."))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

fn reset_factor(config: &Config, email: &str) -> Outcome {
    let database = opening::open_existing(config)?;
    let wanted = rules::normal_email(email);
    let nobody = || Failure::new(format!("There is no person with the mail address {email}."));
    let found = database.read_now(|connection| identity::find_by_email(connection, &wanted))?;
    let id = found.ok_or_else(nobody)?.id;
    database.write_now(move |tx| {
        identity::factors::reset(
            tx,
            &Actor::program("command"),
            identity::factors::By::Command,
            id,
            clock::now(),
        )
    })?;
    println!("{email} has no second factor any more");
    Ok(())
}

fn end_person(config: &Config, email: &str) -> Outcome {
    let database = opening::open_existing(config)?;
    let wanted = email.to_owned();
    database
        .write_now(move |tx| identity::end_person(tx, &Actor::program("command"), &wanted, clock::now()))
        .map_err(|error| match error {
            Error::NotFound => Failure::new(format!("There is no person with the mail address {email}.")),
            other => other.into(),
        })?;
    println!("{email} has no access any more");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_password() {
        for (input, expected) in [
            ("secret pass\nmore", "secret pass"),
            ("secret pass\r\n", "secret pass"),
            ("secret pass", "secret pass"),
            (" keeps blanks \n", " keeps blanks "),
            ("", ""),
        ] {
            assert_eq!(read_password(input.as_bytes()).expect("read"), expected);
        }
        assert!(read_password(&b"\xff\n"[..]).is_err());
    }
}
