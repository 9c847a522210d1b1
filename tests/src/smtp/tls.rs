//! Its certificate; `tests/fixtures/mail/README.md` says how it was made.

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// The authority that vouches for the server, in PEM.
pub const AUTHORITY: &[u8] = include_bytes!("../../fixtures/mail/ca.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../fixtures/mail/server.pem");
const KEY: &[u8] = include_bytes!("../../fixtures/mail/server.key");

pub(super) fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).expect("the test's certificate");
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("the test's key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring knows them")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("the key is the certificate's");
    Arc::new(config).into()
}
