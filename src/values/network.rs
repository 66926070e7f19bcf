//! Addresses and networks of the internet.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// An address or a network: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    /// Bits of the address that count.
    bits: u8,
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text} is neither an address nor a network like 10.0.0.0/8");
        let (address, bits) = text
            .split_once('/')
            .map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().ok().ok_or_else(wrong)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits: u8 = match bits {
            None => most,
            Some(bits) => bits.parse().ok().filter(|bits| *bits <= most).ok_or_else(wrong)?,
        };
        // Whoever calls is known by the address of version 4 that stands in one of version 6.
        Ok(match (address.to_canonical(), bits.checked_sub(96)) {
            (IpAddr::V4(inner), Some(bits)) if address.is_ipv6() => Self {
                address: IpAddr::V4(inner),
                bits,
            },
            _ => Self { address, bits },
        })
    }
}

impl Network {
    /// True of a network that every address of its kind is in.
    pub fn is_everybody(self) -> bool {
        self.bits == 0
    }

    /// True where the address is of the network.
    pub fn contains(self, address: IpAddr) -> bool {
        let masked = |bits: u32, width: u32, value: u128| value.checked_shr(width.saturating_sub(bits)).unwrap_or(0);
        let bits = u32::from(self.bits);
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                masked(bits, 32, u128::from(own.to_bits())) == masked(bits, 32, u128::from(other.to_bits()))
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                masked(bits, 128, own.to_bits()) == masked(bits, 128, other.to_bits())
            }
            _ => false,
        }
    }
}

/// As it was typed; an address alone without its bits.
impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = if self.address.is_ipv4() { 32 } else { 128 };
        match self.bits == most {
            true => write!(f, "{}", self.address),
            false => write!(f, "{}/{}", self.address, self.bits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn networks_hold_their_addresses() {
        for (network, address, expected) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.7", "10.0.0.7", true),
            ("10.0.0.7", "10.0.0.8", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("::/0", "203.0.113.9", false),
            ("::/0", "2001:db8::1", true),
            ("::ffff:10.0.0.0/104", "10.1.2.3", true),
            ("fd00::/8", "fd12::1", true),
            ("fd00::/8", "fe80::1", false),
        ] {
            let network: Network = network.parse().expect("a network");
            assert_eq!(network.contains(ip(address)), expected, "{network:?} {address}");
        }
        for wrong in [
            "",
            "10.0.0.0/33",
            "10.0.0/8",
            "proxy.example",
            "::/129",
            "10.0.0.0/",
            "10.0.0.0/-1",
        ] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_network_is_written_as_it_was_read() {
        for text in ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1"] {
            let network: Network = text.parse().expect("a network");
            assert_eq!(network.to_string(), text);
        }
    }
}
