//! A CSV file in the making, and how its numbers are written.

/// An import file: its name, its header, its rows so far.
pub struct Sheet {
    name: &'static str,
    columns: usize,
    writer: csv::Writer<Vec<u8>>,
}

impl Sheet {
    /// An empty file with these `columns`, separated by commas.
    pub fn new(name: &'static str, columns: &str) -> Self {
        let mut sheet = Self {
            name,
            columns: columns.split(',').count(),
            writer: csv::Writer::from_writer(Vec::new()),
        };
        sheet.write(columns.split(','));
        sheet
    }

    /// Adds a row with a cell for every column.
    pub fn row<const N: usize>(&mut self, cells: [&str; N]) {
        assert_eq!(N, self.columns, "a row of {} has a cell for every column", self.name);
        self.write(cells.into_iter());
    }

    fn write<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        self.writer
            .write_record(cells)
            .expect("memory takes every row of the header's length");
    }

    /// The name and the bytes.
    pub fn into_file(self) -> (String, Vec<u8>) {
        let bytes = self.writer.into_inner().expect("memory takes every row");
        (self.name.to_owned(), bytes)
    }
}

/// `scaled` ten-to-the-minus-`decimals`ths without trailing zeros: `12.5` of 1250 and 2.
pub fn decimal(scaled: i64, decimals: u32) -> String {
    let unit = 10_i64.pow(decimals);
    let (whole, rest) = (scaled / unit, scaled % unit);
    if rest == 0 {
        return whole.to_string();
    }
    // The unit's leading one keeps the zeros behind the point.
    let digits = (unit + rest).to_string();
    format!("{whole}.{}", digits[1..].trim_end_matches('0'))
}

/// An amount of cents: `12.50`.
pub fn cents(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_plainly() {
        for (scaled, decimals, expected) in [(1250, 2, "12.5"), (1200, 2, "12"), (5, 3, "0.005"), (7, 0, "7")] {
            assert_eq!(decimal(scaled, decimals), expected);
        }
        assert_eq!(cents(1205), "12.05");
    }

    #[test]
    fn cells_with_commas_are_quoted() {
        let mut sheet = Sheet::new("x.csv", "a,b");
        sheet.row(["one, two", "three"]);
        let (name, bytes) = sheet.into_file();
        assert_eq!(
            (name.as_str(), bytes.as_slice()),
            ("x.csv", &b"a,b\n\"one, two\",three\n"[..])
        );
    }
}
