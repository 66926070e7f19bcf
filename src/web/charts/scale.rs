//! Where a number lies in a drawing, in whole steps.

/// Height of every drawing; it is stretched to the height of its place.
pub(super) const HEIGHT: i64 = 1000;
/// Width of the place of one value.
pub(super) const SLOT: i64 = 20;
/// Labels that stand beside each other.
const LABELS_MAX: usize = 14;

/// Each how many-th of `count` labels is written.
pub(super) fn label_every(count: usize) -> usize {
    count.div_ceil(LABELS_MAX).max(1)
}

/// `part` of `whole` in thousandths, rounded down; nothing of nothing is nothing.
pub(super) fn thousandths(part: i64, whole: i64) -> i64 {
    match whole {
        0 => 0,
        whole => i64::try_from(i128::from(part) * i128::from(HEIGHT) / i128::from(whole)).unwrap_or(0),
    }
}

/// From which number to which a drawing goes; zero is always on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    /// A round number, at least as large as every value.
    pub top: i64,
    /// Zero, or the smallest value below it.
    pub bottom: i64,
}

impl Scale {
    pub(super) fn of(amounts: impl Iterator<Item = i64>) -> Self {
        let (mut top, mut bottom) = (0, 0);
        for amount in amounts {
            top = top.max(amount);
            bottom = bottom.min(amount);
        }
        Self {
            top: round_top(top),
            bottom,
        }
    }

    /// How far below the top a number lies.
    pub(super) fn y(self, amount: i64) -> i64 {
        let span = i128::from(self.top) - i128::from(self.bottom);
        let below = i128::from(self.top) - i128::from(amount);
        i64::try_from(below * i128::from(HEIGHT) / span.max(1)).unwrap_or(HEIGHT)
    }
}

/// The next number with one digit before its zeros that halves well: 1, 2, 4, 6, 8, 10 and so on; at least 2.
fn round_top(largest: i64) -> i64 {
    let mut unit = 1_i64;
    loop {
        for digit in [2, 4, 6, 8, 10] {
            let Some(top) = unit.checked_mul(digit) else {
                return largest;
            };
            if top >= largest {
                return top;
            }
        }
        let Some(next) = unit.checked_mul(10) else {
            return largest;
        };
        unit = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_scale_is_round_and_halves() {
        for (largest, top) in [
            (0, 2),
            (1, 2),
            (2, 2),
            (3, 4),
            (10, 10),
            (11, 20),
            (100, 100),
            (123_456, 200_000),
            (61, 80),
        ] {
            assert_eq!(round_top(largest), top, "{largest}");
        }
        assert_eq!(round_top(i64::MAX), i64::MAX);
    }

    #[test]
    fn labels_are_thinned_where_there_is_no_room() {
        assert_eq!([0, 1, 14, 15, 31, 365].map(label_every), [1, 1, 1, 2, 3, 27]);
    }

    #[test]
    fn large_numbers_stay_on_the_drawing() {
        let scale = Scale::of([i64::MAX, i64::MIN].into_iter());
        assert_eq!(scale.y(i64::MAX), 0);
        assert_eq!(scale.y(i64::MIN), HEIGHT);
    }
}
