//! What the desk's pages about an account share; [`acting`]: seeing the portal as the account does.

pub mod acting;

use std::str::FromStr;

pub(in crate::accounts) use super::words::{Head, Reader};
use crate::error::{Error, Result};
use crate::web::Shell;

/// Two ids of a path; ill-formed ones are as unknown as others.
pub(in crate::accounts) fn pair<A: FromStr, B: FromStr>(path: &(String, String)) -> Result<(A, B)> {
    match (path.0.parse(), path.1.parse()) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        _ => Err(Error::NotFound),
    }
}

/// Roles of accounts or functions of teams to choose from, as value and text.
pub(in crate::accounts) fn choices<'n>(
    shell: &Shell,
    family: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Vec<(String, String)> {
    let choice = |name: &str| (name.to_owned(), shell.name(family, name));
    names.into_iter().map(choice).collect()
}
