//! Numbers that look drawn and are always the same.

/// A linear congruential generator (Knuth's MMIX constants): its start decides all that follows.
#[derive(Debug, Clone)]
pub struct Sequence(u64);

impl Sequence {
    /// The sequence number `start`.
    pub fn new(start: u64) -> Self {
        let mut sequence = Self(start);
        // Neighbouring starts give similar first numbers.
        for _ in 0..4 {
            sequence.next();
        }
        sequence
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low) + 1;
        low.saturating_add_unsigned(self.next() % span)
    }

    /// One of `choices`.
    pub fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let last = i64::try_from(choices.len()).expect("a length in memory fits") - 1;
        let index = usize::try_from(self.between(0, last)).expect("there is a choice");
        &choices[index]
    }

    /// True in `percent` of all cases.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // The low bits have short periods.
        self.0 >> 33
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_repeat_and_keep_their_bounds() {
        let numbers = |start| {
            let mut sequence = Sequence::new(start);
            (0..1000).map(|_| sequence.between(-2, 3)).collect::<Vec<_>>()
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
        let mut seen = numbers(7);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen, [-2, -1, 0, 1, 2, 3]);
    }
}
