//! A backup that only the owner of a key, or whoever knows a passphrase, opens: by the program `age` (<https://age-encryption.org>),
//! which many have and know. The portal runs it; it has no way of its own that somebody would have to trust.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::Failure;

/// How files begin that `age` wrote, as they are and as text.
const BEGINNINGS: [&[u8]; 2] = [b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----"];

/// Who may open a backup.
#[derive(Debug, Default, Clone, clap::Args)]
#[command(next_help_heading = "Encryption, by the program age")]
pub(super) struct Encryption {
    /// Encrypt for the owner of this key: age1…, or one of ssh; may be given more than once
    #[arg(long, value_name = "KEY")]
    recipient: Vec<String>,
    /// Encrypt for the keys in a file, one in a line
    #[arg(long, value_name = "FILE")]
    recipients_file: Vec<PathBuf>,
    /// Encrypt with a passphrase, which is asked for
    #[arg(long, conflicts_with_all = ["recipient", "recipients_file"])]
    passphrase: bool,
}

impl Encryption {
    pub(super) fn is_wanted(&self) -> bool {
        self.passphrase || !self.recipient.is_empty() || !self.recipients_file.is_empty()
    }

    /// Writes `from` into the new file `to`, so that only they open it.
    pub(super) fn encrypt(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        let mut age = Command::new("age");
        age.arg("--encrypt").arg("--output").arg(to);
        for key in &self.recipient {
            age.args(["--recipient", key]);
        }
        for file in &self.recipients_file {
            age.arg("--recipients-file").arg(file);
        }
        if self.passphrase {
            age.arg("--passphrase");
        }
        run(age.arg(from), "The backup can't be encrypted")
    }
}

/// True for a file that `age` wrote.
pub(super) fn is_encrypted(path: &Path) -> bool {
    let mut head = Vec::new();
    let longest = BEGINNINGS.map(<[u8]>::len).into_iter().max().unwrap_or_default();
    let read = File::open(path).and_then(|file| {
        let bytes = u64::try_from(longest).unwrap_or(u64::MAX);
        file.take(bytes).read_to_end(&mut head)
    });
    read.is_ok() && BEGINNINGS.iter().any(|beginning| head.starts_with(beginning))
}

/// Opens a backup by the key in a file, or by a passphrase, which is asked for.
pub(super) fn decrypt(from: &Path, identity: Option<&Path>, to: &Path) -> Result<(), Failure> {
    let mut age = Command::new("age");
    age.arg("--decrypt").arg("--output").arg(to);
    if let Some(identity) = identity {
        age.arg("--identity").arg(identity);
    }
    let what = "The backup is encrypted and can't be opened: name the file of the key with --identity";
    run(age.arg(from), what)
}

fn run(command: &mut Command, what: &str) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::new(what)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Failure::new(format!(
            "{what}: the program age is missing. Install the package age"
        ))),
        Err(error) => Err(Failure::new(format!("{what}: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_age_wrote_is_known_by_how_it_begins() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        for (content, expected) in [
            (&b"age-encryption.org/v1\n-> X25519"[..], true),
            (b"-----BEGIN AGE ENCRYPTED FILE-----\n", true),
            (b"PK\x03\x04", false),
            (b"age", false),
            (b"", false),
        ] {
            std::fs::write(&file, content).expect("written");
            assert_eq!(is_encrypted(&file), expected, "{content:?}");
        }
        assert!(!is_encrypted(&folder.path().join("missing")));
    }
}
