//! Migrations are the same steps on both engines, and a released one never changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{none, root};

#[test]
fn migrations_have_the_same_names_on_both_engines() {
    let names = ["postgres", "sqlite"].map(|engine| scripts(&root().join("migrations").join(engine)));
    none(unpaired(&names[0], &names[1]));
}

#[test]
fn released_migrations_never_change_and_new_ones_follow_them() {
    let folder = root().join("migrations");
    let released = std::fs::read_to_string(folder.join("released.sha256")).unwrap();
    let real = ["postgres", "sqlite"].iter().flat_map(|engine| hashes(&folder, engine));
    none(changed(&read_hashes(&released), &real.collect()));
}

/// The names of the migrations of one engine, with the scripts each has.
fn scripts(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for migration in std::fs::read_dir(folder).unwrap() {
        let migration = migration.unwrap().path();
        for script in std::fs::read_dir(&migration).unwrap() {
            let script = script.unwrap().path();
            names.insert(script.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
        }
        names.insert(format!("{}/", migration.strip_prefix(folder).unwrap().display()));
    }
    names
}

fn unpaired(postgres: &BTreeSet<String>, sqlite: &BTreeSet<String>) -> Vec<String> {
    let mut faults: Vec<_> = postgres
        .symmetric_difference(sqlite)
        .map(|name| format!("migrations: {name} is only on one side"))
        .collect();
    for name in postgres.iter().filter(|name| name.ends_with('/')) {
        for script in ["up.sql", "down.sql"] {
            if !postgres.contains(&format!("{name}{script}")) {
                faults.push(format!("migrations: {name} has no {script}"));
            }
        }
    }
    faults
}

/// The hash of each script of an engine by its path below the folder of migrations.
fn hashes(folder: &Path, engine: &str) -> Vec<(String, String)> {
    let names = scripts(&folder.join(engine));
    let files = names.iter().filter(|name| name.ends_with(".sql"));
    files
        .map(|name| {
            let path = format!("{engine}/{name}");
            let content = std::fs::read(folder.join(&path)).unwrap();
            let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(content));
            (path, hash)
        })
        .collect()
}

/// Reads what `sha256sum` writes.
fn read_hashes(text: &str) -> BTreeMap<String, String> {
    let pairs = text.lines().map(|line| line.split_once("  ").unwrap());
    pairs.map(|(hash, path)| (path.to_owned(), hash.to_owned())).collect()
}

fn changed(released: &BTreeMap<String, String>, real: &BTreeMap<String, String>) -> Vec<String> {
    let altered = released.iter().filter(|(path, hash)| real.get(*path) != Some(*hash));
    let mut faults: Vec<_> = altered
        .map(|(path, _)| format!("migrations/{path} is released and never changes; add another (migrations/README.md)"))
        .collect();
    let step = |path: &str| path.split('/').nth(1).unwrap_or_default().to_owned();
    let last = released.keys().map(|path| step(path)).max().unwrap_or_default();
    let new = real.keys().filter(|path| !released.contains_key(*path));
    faults.extend(
        new.filter(|path| step(path) <= last)
            .map(|path| format!("migrations/{path} would run before {last}, which is released")),
    );
    faults
}

mod checks_find {
    use super::*;

    #[test]
    fn a_migration_on_one_side_or_without_a_way_back() {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let whole: BTreeSet<_> = set(&["1_a/", "1_a/up.sql", "1_a/down.sql"]);
        assert!(unpaired(&whole, &whole).is_empty());
        assert!(!unpaired(&whole, &set(&[])).is_empty());
        let no_way_back = set(&["1_a/", "1_a/up.sql"]);
        assert!(!unpaired(&no_way_back, &no_way_back).is_empty());
    }

    #[test]
    fn a_released_migration_that_is_changed_gone_or_overtaken() {
        let released = read_hashes("aa  sqlite/2_b/up.sql\n");
        let real = |text| changed(&released, &read_hashes(text)).len();
        assert_eq!(real("aa  sqlite/2_b/up.sql\nbb  sqlite/3_c/up.sql\n"), 0);
        assert_eq!(real("bb  sqlite/2_b/up.sql\n"), 1);
        assert_eq!(real(""), 1);
        assert_eq!(real("aa  sqlite/2_b/up.sql\nbb  sqlite/1_a/up.sql\n"), 1);
    }
}
