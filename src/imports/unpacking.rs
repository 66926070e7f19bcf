//! What somebody sends, as the files of a folder: CSV files as they are, ZIP archives unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::rules::{FILES_MAX, UNPACKED_BYTES_MAX};
use super::sentences;
use crate::error::{Code, Error, Result};
use crate::sentences::Sentence;
use crate::workbooks::kinds::{self, Foreign};

/// A file as it was sent.
pub type Sent = (String, Vec<u8>);

fn refused(code: Code, detail: Sentence) -> Error {
    Error::invalid("/files", code, detail)
}

/// The files by name. Folders within an archive don't count, the same name twice is a fault.
pub fn unpack(sent: Vec<Sent>) -> Result<Vec<Sent>> {
    let mut files = BTreeMap::new();
    let mut left = UNPACKED_BYTES_MAX;
    for (name, bytes) in sent {
        match bytes.as_slice() {
            [b'P', b'K', 3, 4, ..] if !is_called_a_list(&name) => {
                for (name, bytes) in archive(&name, &bytes, &mut left)? {
                    add(&mut files, name, bytes)?;
                }
            }
            _ => add(&mut files, name, bytes)?,
        }
    }
    if let Some((name, kind)) = files
        .iter()
        .find_map(|(name, bytes)| Some((name, foreign(name, bytes)?)))
    {
        return Err(refused(
            Code::UnreadableFile,
            sentences::file_is_foreign(name, kind.name()),
        ));
    }
    match files.len() {
        0 => Err(refused(Code::Required, sentences::choose_a_file())),
        1..=FILES_MAX => Ok(files.into_iter().collect()),
        _ => Err(refused(Code::PayloadTooLarge, sentences::at_most_files(FILES_MAX))),
    }
}

/// What a file that is called a list is instead; the others are left alone anyway.
fn foreign(name: &str, bytes: &[u8]) -> Option<Foreign> {
    is_called_a_list(name).then(|| kinds::no_text(bytes)).flatten()
}

fn is_called_a_list(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".csv")
}

fn add(files: &mut BTreeMap<String, Vec<u8>>, name: String, bytes: Vec<u8>) -> Result<()> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if plain.is_empty() {
        return Ok(());
    }
    match files.insert(plain.clone(), bytes) {
        None => Ok(()),
        Some(_) => Err(refused(Code::DuplicateKey, sentences::sent_twice(plain))),
    }
}

/// The files in an archive; `left` is how much may still be unpacked.
fn archive(name: &str, bytes: &[u8], left: &mut u64) -> Result<Vec<Sent>> {
    let broken = |error: zip::result::ZipError| refused(Code::UnreadableFile, sentences::cannot_unpack(name, error));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > FILES_MAX * 4 {
        return Err(refused(
            Code::PayloadTooLarge,
            sentences::archive_holds_more_files(name, FILES_MAX),
        ));
    }
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        let inner = entry.name().map_err(broken)?.into_owned();
        if !entry.is_file() || is_hidden(&inner) {
            continue;
        }
        let mut content = Vec::new();
        // What an archive says of its sizes need not be true.
        let read = entry.take(left.saturating_add(1)).read_to_end(&mut content);
        let read = read.map_err(|error| refused(Code::UnreadableFile, sentences::cannot_unpack(&inner, error)))?;
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        if read > *left {
            let megabytes = UNPACKED_BYTES_MAX / 1024 / 1024;
            return Err(refused(
                Code::PayloadTooLarge,
                sentences::archive_too_large(name, megabytes),
            ));
        }
        *left -= read;
        files.push((inner, content));
    }
    Ok(files)
}

/// What systems put beside the files: `__MACOSX/._prices.csv`, `.DS_Store`.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file(*name, options).expect("a file begins");
            writer.write_all(bytes).expect("it is written");
        }
        writer.finish().expect("it ends").into_inner()
    }

    fn names(files: &[Sent]) -> Vec<&str> {
        files.iter().map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn archives_are_unpacked_and_files_stay_as_they_are() {
        let archive = zipped(&[
            ("data/prices.csv", b"a"),
            ("__MACOSX/._prices.csv", b"x"),
            (".DS_Store", b"x"),
        ]);
        let sent = vec![("all.zip".to_owned(), archive), ("stock.csv".to_owned(), b"b".to_vec())];
        let files = unpack(sent).expect("good");
        assert_eq!(names(&files), ["prices.csv", "stock.csv"]);
        assert_eq!(files[0].1, b"a");
    }

    #[test]
    fn what_can_not_be_told_apart_or_unpacked_is_refused() {
        let twice = vec![("a.csv".to_owned(), Vec::new()), ("dir\\a.csv".to_owned(), Vec::new())];
        assert!(unpack(twice).is_err());
        assert!(unpack(Vec::new()).is_err());
        assert!(unpack(vec![("x.zip".to_owned(), b"PK\x03\x04 and no archive".to_vec())]).is_err());
        let workbook = zipped(&[("[Content_Types].xml", b"x")]);
        assert!(unpack(vec![("stock.csv".to_owned(), workbook)]).is_err());
        let old = b"\xD0\xCF\x11\xE0 old".to_vec();
        assert!(unpack(vec![("stock.csv".to_owned(), old)]).is_err());
        let many = (0..=FILES_MAX).map(|n| (format!("{n}.csv"), Vec::new())).collect();
        assert!(unpack(many).is_err());
    }

    #[test]
    fn an_archive_unpacks_to_no_more_than_is_left() {
        let archive = zipped(&[("a.csv", &[b'x'; 1000])]);
        let mut left = 999;
        assert!(super::archive("a.zip", &archive, &mut left).is_err());
        let mut left = 1000;
        assert_eq!(super::archive("a.zip", &archive, &mut left).expect("fits").len(), 1);
        assert_eq!(left, 0);
    }
}
