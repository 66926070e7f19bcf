//! By which way a mail leaves.

use std::collections::VecDeque;
use std::fmt;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::compose::Composed;
use super::smtp::{Smtp, SmtpServer};
use crate::cpu::{Pool, Priority};
use crate::error::{Error, Result};

/// How long a file may take.
const LOCAL_TIMEOUT: Duration = Duration::from_secs(5);

/// Why a mail did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The server answers and refuses this mail.
    #[error("{0}")]
    Refused(String),
    /// The server can't be used at all: other mails would fare no better.
    #[error("{0}")]
    Unreachable(String),
}

impl SendError {
    /// True when other mails would fare no better.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Unreachable(_))
    }
}

/// The way.
#[derive(Debug)]
pub enum Mailer {
    /// A server.
    Smtp(Smtp),
    /// A folder that gets a file for each mail.
    Directory(Directory),
    /// A list, for tests.
    Memory(Memory),
}

impl Mailer {
    /// Through a server, which has so long for each mail.
    pub fn smtp(server: SmtpServer, timeout: Duration) -> Result<Self> {
        Smtp::new(server, timeout).map(Self::Smtp)
    }

    /// Into a folder, which is made.
    pub fn directory(folder: PathBuf) -> Result<Self> {
        Directory::new(folder).map(Self::Directory)
    }

    /// How long a mail may take; then it counts as failed, though the server may have taken it.
    pub fn timeout(&self) -> Duration {
        match self {
            Self::Smtp(smtp) => smtp.timeout(),
            Self::Directory(_) | Self::Memory(_) => LOCAL_TIMEOUT,
        }
    }

    /// Sends a mail. When this returns it is safe with the server, on the disk or in the list.
    pub async fn send(&self, mail: Composed) -> Result<(), SendError> {
        let sending = async {
            match self {
                Self::Smtp(smtp) => smtp.send(&mail).await,
                Self::Directory(directory) => directory.keep(mail).await,
                Self::Memory(memory) => memory.keep(mail),
            }
        };
        match tokio::time::timeout(self.timeout(), sending).await {
            Ok(outcome) => outcome,
            Err(_) => {
                self.reset();
                let seconds = self.timeout().as_secs();
                Err(SendError::Unreachable(format!("no answer within {seconds} s")))
            }
        }
    }

    fn reset(&self) {
        if let Self::Smtp(smtp) = self
            && let Err(error) = smtp.reset()
        {
            tracing::warn!(%error, "the connections to the mail server stay as they are");
        }
    }
}

/// A folder with a file `NAME.eml` for each mail.
#[derive(Debug)]
pub struct Directory {
    folder: PathBuf,
    thread: Pool,
}

impl Directory {
    fn new(folder: PathBuf) -> Result<Self> {
        let cannot = |error| Error::Unavailable(format!("The folder {} can't be made: {error}", folder.display()));
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        // Mails hold what opens an account: the way to a new password.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).map_err(cannot)?;
        Ok(Self {
            folder,
            thread: Pool::new("mail", 1, Priority::Ordinary)?,
        })
    }

    async fn keep(&self, mail: Composed) -> Result<(), SendError> {
        let folder = self.folder.clone();
        let writing = self.thread.run(move || {
            write(&folder, &mail).map_err(|error| Error::Unavailable(format!("{}: {error}", folder.display())))
        });
        writing.await.map_err(|error| SendError::Unreachable(error.to_string()))
    }
}

/// Under another name until it is whole, so that nobody ever reads half a mail.
fn write(folder: &Path, mail: &Composed) -> std::io::Result<()> {
    let unfinished = folder.join(format!("{}.part", mail.name));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(&mail.bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, folder.join(format!("{}.eml", mail.name)))?;
    // The name is safe only with the folder.
    File::open(folder)?.sync_all()
}

/// A list of mails. Clones share it.
#[derive(Clone, Default)]
pub struct Memory {
    kept: Arc<Mutex<Vec<Composed>>>,
    failures: Arc<Mutex<VecDeque<SendError>>>,
}

impl Memory {
    /// What was sent since the last time this was asked.
    pub fn take(&self) -> Vec<Composed> {
        std::mem::take(&mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Fails the next mails in this way, one after the other.
    pub fn fail(&self, failures: impl IntoIterator<Item = SendError>) {
        let mut waiting = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(failures);
    }

    fn keep(&self, mail: Composed) -> Result<(), SendError> {
        let failure = self.failures.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        if let Some(failure) = failure {
            return Err(failure);
        }
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
        Ok(())
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::compose::tests::composed;

    #[tokio::test]
    async fn a_folder_holds_whole_mails_only() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let folder = folder.path().join("mail");
        let mailer = Mailer::directory(folder.clone()).expect("made");
        let mail = composed();
        let bytes = mail.bytes.clone();
        mailer.send(mail.clone()).await.expect("kept");
        // The same mail once more is the same file.
        mailer.send(mail).await.expect("kept");
        let files: Vec<_> = fs::read_dir(&folder)
            .expect("there")
            .map(|file| file.expect("read").path())
            .collect();
        assert_eq!(files, [folder.join("msg_1.eml")]);
        assert_eq!(fs::read(&files[0]).expect("read"), bytes);
    }

    #[tokio::test]
    async fn a_folder_that_is_gone_is_a_way_that_is_closed() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let mailer = Mailer::directory(folder.path().join("mail")).expect("made");
        fs::remove_dir(folder.path().join("mail")).expect("removed");
        let failure = mailer.send(composed()).await.expect_err("no folder");
        assert!(failure.is_unreachable(), "{failure}");
    }
}
