//! The machine: who may read the data folder, room on the disk, files that may be open.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{Finding, State, fail, ok, warn};
use crate::config::Config;
use crate::db::Target;

/// Rights of everybody but the owner.
const OTHERS: u32 = 0o077;
const OTHERS_WRITE: u32 = 0o022;
const MIB: u64 = 1_048_576;
/// Less room than this is a fault, and a warning.
const ROOM_FAILS_MIB: u64 = 256;
const ROOM_WARNS_MIB: u64 = 2_048;
/// The same in hundredths of the disk.
const ROOM_WARNS_PERCENT: u64 = 10;
/// Connections and files that a busy portal has open.
const FILES_MIN: u64 = 4_096;

/// The folder of the data, and the files of an embedded database, are their owner's alone.
pub(super) fn data_folder(config: &Config) -> Vec<Finding> {
    const CHECK: &str = "permissions";
    let folder = config.data_dir();
    let Ok(found) = fs::metadata(folder) else {
        let found = format!("There is no data folder at {}", folder.display());
        return vec![warn(
            CHECK,
            found,
            "portal migrate or portal serve makes it; check --data-dir",
        )];
    };
    let mut faults = Vec::new();
    let mode = found.permissions().mode() & 0o7777;
    if mode & OTHERS_WRITE != 0 {
        let what = format!("Others may write to {} ({mode:o})", folder.display());
        faults.push(fail(CHECK, what, format!("chmod 700 {}", folder.display())));
    } else if mode & OTHERS != 0 {
        let what = format!("Others may look into {} ({mode:o})", folder.display());
        faults.push(warn(CHECK, what, format!("chmod 700 {}", folder.display())));
    }
    if let Some(me) = own_id()
        && me != 0
        && me != found.uid()
    {
        let what = format!(
            "{} belongs to user {}, and this is user {me}",
            folder.display(),
            found.uid()
        );
        faults.push(fail(
            CHECK,
            what,
            "Run the portal, and its commands, as the user that owns the folder",
        ));
    }
    for file in files(config) {
        if let Ok(found) = fs::metadata(&file)
            && found.permissions().mode() & OTHERS != 0
        {
            let what = format!("Others may read {}: it holds signing keys", file.display());
            faults.push(fail(CHECK, what, format!("chmod 600 {}", file.display())));
        }
    }
    if faults.is_empty() {
        faults.push(ok(CHECK, format!("{} is its owner's alone", folder.display())));
    }
    faults
}

fn files(config: &Config) -> Vec<PathBuf> {
    let Ok(Target::Sqlite(file)) = config.target() else {
        return Vec::new();
    };
    ["", "-wal", "-shm"]
        .into_iter()
        .map(|ending| {
            let mut path = file.as_os_str().to_owned();
            path.push(ending);
            path.into()
        })
        .collect()
}

/// Who runs this.
fn own_id() -> Option<u32> {
    Some(fs::metadata("/proc/self").ok()?.uid())
}

/// Room where the data folder is.
pub(super) fn disk(folder: &Path) -> Vec<Finding> {
    const CHECK: &str = "disk";
    const REMEDY: &str =
        "Make room, or move the data folder to a larger disk: with a full one nothing is taken any more";
    #[cfg(target_os = "linux")]
    {
        let Ok(disk) = rustix::fs::statvfs(folder) else {
            return Vec::new();
        };
        let mib = |blocks: u64| blocks.saturating_mul(disk.f_frsize) / MIB;
        let (free, all) = (mib(disk.f_bavail), mib(disk.f_blocks));
        let found = format!("{free} MiB of {all} MiB are free at {}", folder.display());
        vec![match room(free, all) {
            State::Ok => ok(CHECK, found),
            State::Warn => warn(CHECK, found, REMEDY),
            State::Fail => fail(CHECK, found, REMEDY),
        }]
    }
    #[cfg(not(target_os = "linux"))]
    Vec::new()
}

fn room(free_mib: u64, all_mib: u64) -> State {
    let percent = free_mib.saturating_mul(100) / all_mib.max(1);
    match () {
        () if free_mib < ROOM_FAILS_MIB => State::Fail,
        () if free_mib < ROOM_WARNS_MIB || percent < ROOM_WARNS_PERCENT => State::Warn,
        () => State::Ok,
    }
}

/// Every connection is an open file.
pub(super) fn open_files() -> Vec<Finding> {
    const CHECK: &str = "open_files";
    let Ok(limits) = fs::read_to_string("/proc/self/limits") else {
        return Vec::new();
    };
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let Some(soft) = line.and_then(|line| line.split_whitespace().next()) else {
        return Vec::new();
    };
    match soft.parse::<u64>() {
        Ok(limit) if limit < FILES_MIN => vec![warn(
            CHECK,
            format!("{limit} files and connections may be open"),
            format!("Allow {FILES_MIN} or more: LimitNOFILE= of the systemd unit, or ulimit -n"),
        )],
        _ => vec![ok(CHECK, format!("{soft} files and connections may be open"))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_room_is_told_before_it_is_none() {
        assert_eq!(room(100, 1_000_000), State::Fail);
        assert_eq!(room(1_000, 5_000), State::Warn);
        assert_eq!(room(5_000, 100_000), State::Warn);
        assert_eq!(room(50_000, 100_000), State::Ok);
        assert_eq!(room(0, 0), State::Fail);
    }
}
