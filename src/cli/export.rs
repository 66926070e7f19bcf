//! `portal export`: all that is kept of an account, as files: JSON lines for rows, PDF for papers, what people sent as it is.
//! A server may work meanwhile.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use actix_web::rt::{System, SystemRunner};
use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Failure, Outcome, opening};
use crate::clock::{self, rfc3339};
use crate::config::Config;
use crate::db::Connection;
use crate::documents::{Press, Typesetter};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::operations::exporting::tables::{LEFT_OUT, TABLES};
use crate::operations::exporting::{self, DOCUMENTS, Document};

/// What to write, and where.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The account's code
    account: String,
    /// A folder that is not there yet, or a file whose name ends in .zip
    to: PathBuf,
    /// Leave papers and files out: rows alone
    #[arg(long)]
    rows_only: bool,
}

pub(super) fn run(config: &Config, wanted: &Export) -> Outcome {
    let database = opening::open_existing(config)?;
    if wanted.to.exists() {
        return Err(Failure::new(format!(
            "{} is there already. Name a new one: an export never replaces another",
            wanted.to.display()
        )));
    }
    let account_id = database
        .read_now(|connection| exporting::find(connection, &wanted.account))
        .map_err(|error| match error {
            Error::NotFound => Failure::new(format!("There is no account {}.", wanted.account)),
            other => other.into(),
        })?;
    let printing = match wanted.rows_only {
        true => None,
        false => Some(Printing {
            press: Press::new(Typesetter::new(Some(config.data_dir()))?)?,
            runtime: System::new(),
        }),
    };
    // Under another name until it is whole.
    let part = part_of(&wanted.to);
    let done = database.read_now(|connection| {
        // A snapshot that was lost is begun anew.
        remove(&part);
        let mut writing = Writing {
            sink: Sink::open(&part, is_zip(&wanted.to)).map_err(written)?,
            counts: BTreeMap::new(),
            printing: printing.as_ref(),
        };
        writing.all(connection, account_id, &wanted.account)?;
        writing.sink.finish().map_err(written)?;
        Ok(writing.counts)
    });
    match done {
        Ok(counts) => {
            fs::rename(&part, &wanted.to)?;
            for (name, count) in &counts {
                println!("{name}\t{count}");
            }
            println!("{} holds all that is kept of {}", wanted.to.display(), wanted.account);
            Ok(())
        }
        Err(error) => {
            remove(&part);
            Err(error.into())
        }
    }
}

/// What is left of an attempt goes; mostly there is nothing.
fn remove(part: &Path) {
    let _ = fs::remove_dir_all(part);
    let _ = fs::remove_file(part);
}

fn is_zip(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// What turns papers into PDF.
struct Printing {
    press: Press,
    runtime: SystemRunner,
}

struct Writing<'a> {
    sink: Sink,
    /// Rows and documents of each file and folder.
    counts: BTreeMap<String, u64>,
    printing: Option<&'a Printing>,
}

impl Writing<'_> {
    fn all(&mut self, connection: &mut Connection, account_id: AccountId, code: &str) -> Result<()> {
        for table in TABLES {
            let name = format!("{}.ndjson", table.name);
            self.sink.begin(&name).map_err(written)?;
            let sink = &mut self.sink;
            let count = exporting::rows(connection, account_id, table, &mut |row| {
                let mut line = serde_json::to_vec(row).map_err(Error::internal)?;
                line.push(b'\n');
                sink.write(&line).map_err(written)
            })?;
            self.counts.insert(name, count);
        }
        if let Some(printing) = self.printing {
            for kind in DOCUMENTS {
                self.documents(connection, account_id, kind, printing)?;
            }
        }
        self.sink.begin("README.md").map_err(written)?;
        let guide = guide(code, &self.counts);
        self.sink.write(guide.as_bytes()).map_err(written)?;
        self.sink.begin("manifest.json").map_err(written)?;
        let manifest = json!({
            "format": 1,
            "account": code,
            "account_id": account_id.to_string(),
            "made_at": rfc3339(clock::real()),
            "version": env!("CARGO_PKG_VERSION"),
            "files": self.counts,
        });
        self.sink.write(format!("{manifest:#}\n").as_bytes()).map_err(written)
    }

    fn documents(
        &mut self,
        connection: &mut Connection,
        account_id: AccountId,
        kind: &str,
        printing: &Printing,
    ) -> Result<()> {
        let (mut after, mut count) = (i64::MIN, 0);
        loop {
            let ids = exporting::list_documented(connection, account_id, kind, after)?;
            let Some(last) = ids.last().copied() else { break };
            for id in ids {
                let Some(document) = exporting::document(connection, account_id, kind, id)? else {
                    continue;
                };
                let (name, bytes) = match document {
                    Document::File { name, content } => (format!("files/{kind}/{}", plain(&name)), content),
                    Document::Paper(paper) => {
                        let name = format!("papers/{kind}/{}", plain(&paper.file_name()));
                        (name, printing.runtime.block_on(printing.press.print(*paper))?)
                    }
                };
                self.sink.begin(&name).map_err(written)?;
                self.sink.write(&bytes).map_err(written)?;
                count += 1;
            }
            after = last;
        }
        let folder = if matches!(kind, "claims" | "deliveries") {
            "files"
        } else {
            "papers"
        };
        self.counts.insert(format!("{folder}/{kind}/"), count);
        Ok(())
    }
}

fn written(error: io::Error) -> Error {
    Error::Unavailable(format!("The export can't be written: {error}"))
}

/// A name that stays in its folder.
fn plain(name: &str) -> String {
    let kept = |c: char| {
        if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
            c
        } else {
            '_'
        }
    };
    name.chars()
        .map(kept)
        .collect::<String>()
        .trim_start_matches('.')
        .to_owned()
}

fn guide(code: &str, counts: &BTreeMap<String, u64>) -> String {
    let mut text = format!(
        "# All that is kept of {code}\n\nEach `.ndjson` file has a row in each line, as JSON in UTF-8. Ids are those of REST (`ord_…`) \
         and lead from one file to another. Moments are UTC (RFC 3339), days are dates.\n\n\
         - `…_minor`: whole minor units of the currency (cents)\n- `price_micros`: millionths of the currency, per `price_base` of \
         `price_unit`\n- `rate_ppm`: millionths\n- `quantity`: whole steps of the unit, of `unit_decimals`; `base_quantity` and what \
         else counts pieces: of `base_decimals`\n- `…_by` and `actor`: `per_…` a person, `cli_…` a program, else a job of the \
         portal\n- flags: `true` and `false`; from the embedded database 1 and 0\n- what holds JSON in the database is a text of JSON here\n\n| file | rows | holds |\n|---|---|---|\n"
    );
    for table in TABLES {
        let name = format!("{}.ndjson", table.name);
        let count = counts.get(&name).copied().unwrap_or_default();
        text.push_str(&format!("| `{name}` | {count} | {} |\n", table.told));
    }
    text.push_str("\nPapers are in `papers/`, what people sent in `files/`. Secrets are not here. Nor are:\n\n");
    for (name, why) in LEFT_OUT {
        text.push_str(&format!("- `{name}`: {why}\n"));
    }
    text
}

/// Where files go.
enum Sink {
    Folder {
        root: PathBuf,
        file: Option<BufWriter<File>>,
    },
    Zip(Box<ZipWriter<BufWriter<File>>>),
}

impl Sink {
    fn open(path: &Path, is_zip: bool) -> io::Result<Self> {
        Ok(match is_zip {
            true => Self::Zip(Box::new(ZipWriter::new(BufWriter::new(new_file(path)?)))),
            false => {
                fs::DirBuilder::new().mode(0o700).create(path)?;
                Self::Folder {
                    root: path.to_owned(),
                    file: None,
                }
            }
        })
    }

    /// What is written from here on goes into this file.
    fn begin(&mut self, name: &str) -> io::Result<()> {
        match self {
            Self::Zip(zip) => {
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .large_file(true)
                    .unix_permissions(0o600);
                zip.start_file(name, options).map_err(io::Error::other)
            }
            Self::Folder { root, file } => {
                end(file.take())?;
                let path = root.join(name);
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder)?;
                }
                *file = Some(BufWriter::new(new_file(&path)?));
                Ok(())
            }
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Zip(zip) => zip.write_all(bytes),
            Self::Folder { file, .. } => match file {
                Some(file) => file.write_all(bytes),
                None => Err(io::Error::other("no file was begun")),
            },
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Zip(zip) => {
                let file = zip.finish().map_err(io::Error::other)?;
                end(Some(file))
            }
            Self::Folder { file, .. } => end(file),
        }
    }
}

fn end(file: Option<BufWriter<File>>) -> io::Result<()> {
    let Some(file) = file else { return Ok(()) };
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        for (name, expected) in [
            ("Rechnung 7.pdf", "Rechnung 7.pdf"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("a/b\\c", "a_b_c"),
            ("größe.png", "größe.png"),
        ] {
            assert_eq!(plain(name), expected);
        }
    }
}
