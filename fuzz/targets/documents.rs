//! cXML documents of buyers' procurement systems.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portal::punchout::cxml;

fuzz_target!(|data: &[u8]| {
    let _ = cxml::read(data);
});
