//! Bytes as they come: archives of import files, and whatever somebody uploads as a list.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portal::drafts::spreadsheets;
use portal::imports::rules::{FILES_MAX, UNPACKED_BYTES_MAX};
use portal::imports::unpacking;

fuzz_target!(|data: &[u8]| {
    if let Ok(files) = unpacking::unpack(vec![("sent.zip".to_owned(), data.to_vec())]) {
        let unpacked = files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() as u64;
        assert!(files.len() <= FILES_MAX && unpacked <= UNPACKED_BYTES_MAX, "within the limits");
    }
    let _ = spreadsheets::read(data, None);
});
