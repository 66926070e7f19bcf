//! A server whose certificate nobody vouches for is told nothing: no mail, no password, no event.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use portal::mail::{Mailer, SendError, parse_smtp_url};
use portal::outbound::{Courier, Failure, Names};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;

use crate::app::TestApp;
use crate::webhooks::here;

/// For localhost and 127.0.0.1 until 2126, signed by itself; the key opens nothing but this test.
const CERTIFICATE: &[u8] = include_bytes!("nobodys.pem");
const KEY: &[u8] = include_bytes!("nobodys.key.pem");
const PATIENCE: Duration = Duration::from_secs(20);

/// A server with that certificate, for one connection.
struct Nobody {
    address: SocketAddr,
    /// Ends with what the server was told.
    talk: JoinHandle<Vec<String>>,
}

impl Nobody {
    /// One that encrypts from the first byte, or greets as a mail server and then by STARTTLS.
    fn start(greets: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let talk = std::thread::spawn(move || {
            let mut told = Vec::new();
            let (stream, _) = listener.accept().unwrap();
            if let Err(error) = answer(stream, greets, &mut told) {
                told.push(format!("refused: {error}"));
            }
            told
        });
        Self { address, talk }
    }

    fn told(self) -> Vec<String> {
        self.talk.join().unwrap()
    }
}

fn config() -> Arc<ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let builder = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap();
    let built = builder.with_no_client_auth().with_single_cert(vec![certificate], key);
    Arc::new(built.unwrap())
}

fn answer(mut stream: TcpStream, greets: bool, told: &mut Vec<String>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    if greets {
        let mut line = [0; 512];
        for reply in ["220 here\r\n", "250-here\r\n250 STARTTLS\r\n"] {
            stream.write_all(reply.as_bytes())?;
            let count = stream.read(&mut line)?;
            let heard = String::from_utf8_lossy(&line[..count]).into_owned();
            told.push(format!("in the clear: {}", heard.trim_end()));
        }
        stream.write_all(b"220 go on\r\n")?;
    }
    let mut secured = StreamOwned::new(ServerConnection::new(config()).unwrap(), stream);
    let mut heard = [0; 512];
    let count = secured.read(&mut heard)?;
    let heard = String::from_utf8_lossy(&heard[..count]).into_owned();
    told.push(format!("encrypted: {heard}"));
    Ok(())
}

/// Why a mail could not leave through `url`.
async fn why_no_mail_leaves(app: &TestApp, url: &str) -> String {
    let email = app.add_person("ACME", "buyer").await;
    let asked = app
        .anonymous()
        .post("/auth/forgot-password", json!({"email": email}))
        .await;
    assert!(asked.status < 300, "{asked:?}");
    let mail = app.mails().await.pop().unwrap();
    let mailer = Mailer::smtp(parse_smtp_url(url).unwrap(), PATIENCE).unwrap();
    match mailer.send(mail).await {
        Err(SendError::Unreachable(why)) => why,
        outcome => panic!("{outcome:?}"),
    }
}

#[tokio::test]
async fn mails_and_passwords_go_to_no_server_whose_certificate_nobody_vouches_for() {
    let app = TestApp::with_accounts().await;
    for (scheme, greets) in [("smtps", false), ("smtp", true)] {
        let nobody = Nobody::start(greets);
        let more = if greets { "?tls=required" } else { "" };
        let url = format!("{scheme}://portal:secret@localhost:{}{more}", nobody.address.port());
        let why = why_no_mail_leaves(&app, &url).await;
        assert!(
            why.contains("certificate") || why.contains("UnknownIssuer"),
            "{scheme}: {why}"
        );
        let told = nobody.told();
        assert!(told.iter().any(|line| line.starts_with("refused: ")), "{told:?}");
        assert!(
            !told.iter().any(|line| line.starts_with("encrypted: ")
                || line.contains("MAIL")
                || line.contains("AUTH")
                || line.contains("secret")),
            "{told:?}"
        );
    }
}

#[tokio::test]
async fn events_go_to_no_server_whose_certificate_nobody_vouches_for() {
    let nobody = Nobody::start(false);
    let courier = Courier::new(here(), Names::System).unwrap();
    let url = format!("https://127.0.0.1:{}/hook", nobody.address.port());
    let outcome = courier.post(&url, &[], "{}".to_owned()).await;
    assert!(matches!(outcome, Err(Failure::Tls)), "{outcome:?}");
    let told = nobody.told();
    assert!(told.len() == 1 && told[0].starts_with("refused: "), "{told:?}");
}
