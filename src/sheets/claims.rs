//! Values that only one thing may hold, like GTINs and part numbers, where rows of a file may pass them on to each other.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// A row's claim: the row `key` says that `value` means `subject`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<Key, Subject, Value> {
    /// Which row claims; a row of the file replaces the stored one of the same key.
    pub key: Key,
    /// What the value is to mean. Two rows may claim a value for the same subject.
    pub subject: Subject,
    /// The value; a row without one only gives its stored value up.
    pub value: Option<Value>,
}

/// The claims of `rows` that can't stand, as index and the subject that holds the value. What counts is how things stand
/// after the file: rows may swap values. A row that can't stand keeps what is stored for it.
pub fn conflicts<Key, Subject, Value>(
    stored: &[Claim<Key, Subject, Value>],
    rows: &[Claim<Key, Subject, Value>],
) -> Vec<(usize, Subject)>
where
    Key: Eq + Hash,
    Subject: Eq + Clone,
    Value: Eq + Hash,
{
    let own: HashMap<&Key, &Value> = stored
        .iter()
        .filter_map(|claim| Some((&claim.key, claim.value.as_ref()?)))
        .collect();
    // Rows that only repeat what is stored for them come first.
    let (mut order, new): (Vec<_>, Vec<_>) = rows
        .iter()
        .enumerate()
        .partition(|(_, row)| row.value.is_some() && own.get(&row.key).copied() == row.value.as_ref());
    order.extend(new);
    let mut refused: HashMap<usize, Subject> = HashMap::new();
    loop {
        let standing = || order.iter().copied().filter(|(index, _)| !refused.contains_key(index));
        let replaced: HashSet<&Key> = standing().map(|(_, row)| &row.key).collect();
        let kept = stored.iter().filter(|claim| !replaced.contains(&claim.key));
        let mut holders: HashMap<&Value, &Subject> = kept
            .filter_map(|claim| Some((claim.value.as_ref()?, &claim.subject)))
            .collect();
        let mut lost = Vec::new();
        for (index, row) in standing() {
            let Some(value) = &row.value else { continue };
            let holder = *holders.entry(value).or_insert(&row.subject);
            if *holder != row.subject {
                lost.push((index, holder.clone()));
            }
        }
        if lost.is_empty() {
            let mut refused: Vec<_> = refused.into_iter().collect();
            refused.sort_by_key(|(index, _)| *index);
            return refused;
        }
        // Their stored values are taken again, which may cost others theirs: look once more.
        refused.extend(lost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(key: u8, subject: char, value: Option<&'static str>) -> Claim<u8, char, &'static str> {
        Claim { key, subject, value }
    }

    #[test]
    fn a_value_means_one_thing_after_the_file() {
        let stored = [claim(1, 'a', Some("x")), claim(2, 'b', Some("y"))];
        let check = |rows: &[Claim<u8, char, &'static str>], expected: &[(usize, char)]| {
            assert_eq!(conflicts(&stored, rows), expected, "{rows:?}");
        };
        check(&[], &[]);
        check(&[claim(1, 'a', Some("x"))], &[]);
        check(&[claim(1, 'a', Some("y"))], &[(0, 'b')]);
        check(&[claim(1, 'a', Some("y")), claim(2, 'b', Some("x"))], &[]);
        check(&[claim(1, 'a', Some("y")), claim(2, 'b', None)], &[]);
        check(&[claim(3, 'c', Some("z")), claim(4, 'd', Some("z"))], &[(1, 'c')]);
        check(&[claim(3, 'a', Some("x"))], &[]);
        check(&[claim(3, 'c', Some("x")), claim(1, 'a', Some("x"))], &[(0, 'a')]);
        // The second row can't have z, so it keeps y, so the first can't have y.
        check(
            &[
                claim(1, 'a', Some("y")),
                claim(3, 'c', Some("z")),
                claim(2, 'b', Some("z")),
            ],
            &[(0, 'b'), (2, 'c')],
        );
    }
}
