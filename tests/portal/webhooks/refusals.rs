//! Where nothing is ever sent to, whatever a URL looks like, a name leads to or an answer says.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use portal::outbound::{Courier, Failure, Hosts, Names};
use serde_json::json;

use super::{Deed, Hooked, Receiver, here};

/// Ways to write an address of this machine, of its neighbours, or something that a careless program takes for another.
fn hostile(port: &str) -> Vec<String> {
    let hosts = [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "2130706433",
        "0x7f000001",
        "0x7F.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.255.255.254",
        "0",
        "0.0.0.0",
        "0x0",
        "%31%32%37.0.0.1",
        "１２７.０.０.１",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:53aa:64c::1]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "portal.localhost",
        "localhost.localdomain",
        "printer.local",
        "intranet",
        "metadata.google.internal",
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
    ];
    let mut urls: Vec<_> = hosts.iter().map(|host| format!("https://{host}:{port}/")).collect();
    urls.extend(hosts.iter().take(3).map(|host| format!("http://{host}:{port}/")));
    urls.extend(
        [
            "https://erp.example@127.0.0.1:PORT/",
            "https://erp.example:443@127.0.0.1:PORT/",
            "https://erp.example\\@127.0.0.1:PORT/",
            "https://127.0.0.1:PORT#@erp.example/",
            "https://127.0.0.1:PORT\\.erp.example/",
            "https:\\\\127.0.0.1:PORT/",
            "https:127.0.0.1:PORT/",
            "https:/127.0.0.1:PORT/",
            "https://127.0.0.1:PORT\t/",
            " https://127.0.0.1:PORT/",
            "https://erp.example:PORT/",
            "ftp://127.0.0.1:PORT/",
            "file:///etc/passwd",
            "gopher://127.0.0.1:PORT/_x",
            "dict://127.0.0.1:PORT/x",
            "//127.0.0.1:PORT/",
        ]
        .map(|url| url.replace("PORT", port)),
    );
    urls
}

#[tokio::test]
async fn hostile_urls_are_neither_stored_nor_reached() {
    let hooked = Hooked::start().await;
    // On the portal's usual node nothing of this machine is named.
    let admin = hooked.app.person("ACME", "admin").await;
    let receiver = Receiver::start().await;
    let port = receiver
        .url
        .rsplit(':')
        .next()
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let courier = Courier::new(Hosts::default(), Names::System).unwrap();
    let urls: Vec<_> = hostile(&port)
        .into_iter()
        .chain(hostile("443"))
        .chain(hostile("8443"))
        .collect();
    assert!(hostile(&port).len() >= 60 && urls.len() > 180);
    for url in urls {
        let faults = admin.post("/webhook-endpoints", json!({"url": url})).await;
        if faults.status != 201 {
            let faults = faults.faults();
            assert_eq!(faults[0], ("/url".to_owned(), "url_refused".to_owned()), "{url}");
        } else {
            // A name that stands for nothing, at a port that is taken.
            assert!(url.starts_with("https://erp.example:"), "{url}");
            continue;
        }
        // One that was stored before the rule.
        assert_eq!(
            courier.post(&url, &[], "{}".to_owned()).await,
            Err(Failure::Refused),
            "{url}"
        );
    }
    assert_eq!(receiver.connections(), 0);
}

fn scripted(answers: Vec<Vec<IpAddr>>) -> (Courier, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let names = Names::Scripted(Arc::new(move |_: &str| {
        let turn = count.fetch_add(1, Ordering::Relaxed);
        answers[turn.min(answers.len() - 1)].clone()
    }));
    (Courier::new(Hosts::default(), names).unwrap(), asked)
}

#[tokio::test]
async fn a_name_that_leads_to_a_refused_address_is_not_followed() {
    let public = IpAddr::V4(Ipv4Addr::new(1, 1, 1, 1));
    for bad in [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "fd00::1",
        "fe80::1",
        "2002:7f00:1::",
    ] {
        let bad: IpAddr = bad.parse().unwrap();
        for answer in [vec![bad], vec![public, bad], vec![bad, public]] {
            let (courier, asked) = scripted(vec![answer]);
            let outcome = courier.post("https://erp.example/", &[], "{}".to_owned()).await;
            assert_eq!(outcome, Err(Failure::Refused), "{bad}");
            assert_eq!(asked.load(Ordering::Relaxed), 1, "a name is asked for once");
        }
    }
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_checked_each_time() {
    // First nothing at all, so that no connection is kept; then this machine.
    let (courier, asked) = scripted(vec![Vec::new(), vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]]);
    let post = || courier.post("https://rebinding.example/", &[], "{}".to_owned());
    assert_eq!(post().await, Err(Failure::NoConnection));
    assert_eq!(post().await, Err(Failure::Refused));
    assert_eq!(post().await, Err(Failure::Refused));
    assert_eq!(asked.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn no_answer_leads_elsewhere_or_fills_the_memory() {
    let other = Receiver::start().await;
    let location: &'static str = format!("location: {}\r\n", other.url).leak();
    for status in [301, 302, 303, 307, 308] {
        let receiver = Receiver::doing(move |_| Deed::Answer(status, location, Vec::new())).await;
        let courier = Courier::new(here(), Names::System).unwrap();
        let answer = courier.post(&receiver.url, &[], "{}".to_owned()).await.unwrap();
        assert_eq!(answer.status, status);
    }
    assert_eq!(other.connections(), 0);
    // What is packed stays packed, and the rest of what is large is not read.
    let packed = "content-encoding: gzip\r\nset-cookie: a=b\r\n";
    let receiver = Receiver::doing(move |_| Deed::Answer(200, packed, vec![0x1f; 300_000])).await;
    let courier = Courier::new(here(), Names::System).unwrap();
    let answer = courier.post(&receiver.url, &[], "{}".to_owned()).await.unwrap();
    assert_eq!(answer.body, vec![0x1f; 65_536]);
    courier.post(&receiver.url, &[], "{}".to_owned()).await.unwrap();
    let again = receiver.got().remove(1);
    assert_eq!(
        (
            again.header("cookie"),
            again.header("referer"),
            again.header("accept-encoding")
        ),
        ("", "", "")
    );
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_told_nothing() {
    let receiver = Receiver::doing(|_| Deed::HangUp).await;
    let courier = Courier::new(here(), Names::System).unwrap();
    let url = receiver.url.replace("http://", "https://");
    let outcome = courier.post(&url, &[], "{}".to_owned()).await;
    assert!(
        matches!(outcome, Err(Failure::Tls | Failure::NoConnection)),
        "{outcome:?}"
    );
    assert_eq!(receiver.got().len(), 0);
}
