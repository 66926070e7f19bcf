//! A line in which owners take turns: whoever has much waiting waits behind their own.

use std::collections::{HashMap, VecDeque};

/// What waits, by owner.
#[derive(Debug)]
pub struct Turns<T> {
    len: usize,
    /// Who has something waiting, in the order of their turns.
    order: VecDeque<i64>,
    waiting: HashMap<i64, VecDeque<T>>,
}

impl<T> Default for Turns<T> {
    fn default() -> Self {
        Self {
            len: 0,
            order: VecDeque::new(),
            waiting: HashMap::new(),
        }
    }
}

impl<T> Turns<T> {
    pub const fn len(&self) -> usize {
        self.len
    }

    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How much of `owner` waits.
    pub fn of(&self, owner: i64) -> usize {
        self.waiting.get(&owner).map_or(0, VecDeque::len)
    }

    /// Puts `what` behind everything that `owner` has waiting.
    pub fn push(&mut self, owner: i64, what: T) {
        let own = self.waiting.entry(owner).or_default();
        if own.is_empty() {
            self.order.push_back(owner);
        }
        own.push_back(what);
        self.len += 1;
    }

    /// Takes what comes next of the first owner that `may` take a turn; its next turn is behind everybody's.
    pub fn next(&mut self, may: impl Fn(i64) -> bool) -> Option<(i64, T)> {
        let place = self.order.iter().position(|owner| may(*owner))?;
        let owner = self.order.remove(place)?;
        let own = self.waiting.get_mut(&owner)?;
        let what = own.pop_front()?;
        if own.is_empty() {
            self.waiting.remove(&owner);
        } else {
            self.order.push_back(owner);
        }
        self.len -= 1;
        Some((owner, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_take_turns_and_their_own_keeps_its_order() {
        let mut turns = Turns::default();
        for (owner, what) in [(1, "a"), (1, "b"), (1, "c"), (2, "d"), (3, "e"), (2, "f")] {
            turns.push(owner, what);
        }
        assert_eq!((turns.len(), turns.of(1), turns.of(9)), (6, 3, 0));
        let taken: Vec<_> = std::iter::from_fn(|| turns.next(|_| true)).collect();
        assert_eq!(taken, [(1, "a"), (2, "d"), (3, "e"), (1, "b"), (2, "f"), (1, "c")]);
        assert!(turns.is_empty());
    }

    #[test]
    fn who_may_not_take_a_turn_keeps_their_place() {
        let mut turns = Turns::default();
        for (owner, what) in [(1, "a"), (2, "b"), (3, "c")] {
            turns.push(owner, what);
        }
        assert_eq!(turns.next(|owner| owner != 1), Some((2, "b")));
        assert_eq!(turns.next(|owner| owner == 9), None);
        assert_eq!(turns.next(|_| true), Some((1, "a")));
    }
}
