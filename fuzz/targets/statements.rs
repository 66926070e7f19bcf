//! Files of a bank: camt.053, camt.054, MT940 and CSV.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portal::bank::reading::csv::Mapping;
use portal::bank::reading::read;

fuzz_target!(|data: &[u8]| {
    let _ = read(data, &Mapping::default());
    let mapping = Mapping {
        account: "DE89370400440532013000".to_owned(),
        currency: "EUR".to_owned(),
        columns: "amount=Amount; booked_on=Date".to_owned(),
        ..Mapping::default()
    };
    let _ = read(data, &mapping);
});
