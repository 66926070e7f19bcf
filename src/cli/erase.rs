//! `portal user erase`: somebody is forgotten, also in the mails that lie in files.

use std::fs;
use std::path::Path;

use super::{Failure, Outcome, opening};
use crate::audit::Actor;
use crate::clock;
use crate::config::Config;
use crate::error::Error;
use crate::ids::ErasureId;
use crate::operations::erasing::rules::Kept;
use crate::operations::erasing::{self, Erasure};

/// Bytes of a mail that are looked at: its head.
const HEAD_BYTES: usize = 16 * 1024;

/// Who is forgotten.
#[derive(Debug, clap::Args)]
pub struct Erase {
    /// Mail address of a person, a contact, or somebody who was invited or written to
    email: String,
    /// Do it: without this, what would be done is only told
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(config: &Config, wanted: &Erase) -> Outcome {
    let database = opening::open_existing(config)?;
    let (email, actor) = (wanted.email.clone(), Actor::program("command"));
    let begin = move |tx: &mut crate::db::Connection| {
        let now = clock::now();
        erasing::begin(tx, &actor, None, ErasureId::new(), &email, now)
    };
    let unknown = |error: Error| match error {
        Error::Invalid(_) => Failure::new(format!(
            "Nobody is known under {}: no person, no contact, no invitation, no mail.",
            wanted.email
        )),
        other => other.into(),
    };
    if !wanted.yes {
        database.rehearse_now(begin).map_err(unknown)?;
        println!(
            "{} would lose all access at once, and a pseudonym would take the place of their name and addresses. This can't \
             be undone. Do it with: portal user erase {} --yes",
            wanted.email, wanted.email
        );
        return Ok(());
    }
    let id = database.write_now(begin).map_err(unknown)?;
    let erasure = erasing::finish(&database, id, clock::now)?;
    let mails = remove_mails(&config.data_dir().join("mail"), &wanted.email)?;
    tell(&erasure, mails);
    Ok(())
}

fn tell(erasure: &Erasure, mails: usize) {
    println!("{} is {}", erasure.row.id, erasure.row.pseudonym);
    for (place, rows) in &erasure.replaced {
        println!("replaced\t{}\t{rows}", place.name());
    }
    if mails > 0 {
        println!("removed\tmails in files\t{mails}");
    }
    for kept in Kept::ALL {
        println!("kept\t{}\t{}", kept.name(), why(kept));
    }
}

/// Why something is kept.
fn why(kept: Kept) -> &'static str {
    match kept {
        Kept::Documents => "invoices, credit notes and reminders stay as they were issued: tax and trade law",
        Kept::Acts => "who did what stays under the number of the person, which leads to no name any more",
        Kept::Addresses => "network addresses stay in the audit record beside that number, to find misuse",
        Kept::Letters => "orders as buyers' systems sent them are business letters",
        Kept::Mentions => "a name within a sentence that somebody wrote is not recognised; search for it if it matters",
        Kept::Sandboxes => "a sandbox has copies of contacts: portal sandbox refresh ACCOUNT takes them over anew",
        Kept::Backups => "backups hold it until they are thrown away; repeat this after restoring an older one",
    }
}

/// Removes mails that lie in files for somebody; how many it were.
fn remove_mails(folder: &Path, email: &str) -> Result<usize, Failure> {
    let wanted = email.trim().to_ascii_lowercase();
    let mut removed = 0;
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "eml") {
            continue;
        }
        let bytes = fs::read(&path)?;
        let head = String::from_utf8_lossy(bytes.get(..HEAD_BYTES.min(bytes.len())).unwrap_or_default());
        let is_to = |line: &str| {
            let line = line.to_ascii_lowercase();
            line.starts_with("to:") && line.contains(&wanted)
        };
        if head.lines().take_while(|line| !line.is_empty()).any(is_to) {
            fs::remove_file(&path)?;
            removed += 1;
        }
    }
    Ok(removed)
}
