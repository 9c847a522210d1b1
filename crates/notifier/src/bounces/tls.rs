//! TLS to the mailbox: the system's authorities, and one of the organisation's own.

use super::ImapError;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Whom to trust.
#[derive(Clone)]
pub struct Roots(Arc<ClientConfig>);

impl std::fmt::Debug for Roots {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Roots(…)")
    }
}

/// The file of the organisation's own authority is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a certificate in PEM")]
pub struct NotPem;

impl Roots {
    /// The system's, and these, in PEM.
    ///
    /// # Errors
    /// [`NotPem`].
    pub fn new(own: Option<&[u8]>) -> Result<Self, NotPem> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(pem) = own {
            let mut any = false;
            for certificate in CertificateDer::pem_slice_iter(pem) {
                roots.add(certificate.map_err(|_| NotPem)?).map_err(|_| NotPem)?;
                any = true;
            }
            if !any {
                return Err(NotPem);
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider knows the versions of TLS that it is made for")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }
}

pub(super) async fn connect<S>(
    roots: &Roots,
    host: &str,
    stream: S,
) -> Result<TlsStream<S>, ImapError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let name = ServerName::try_from(host.to_owned()).map_err(|_| ImapError::NoTls)?;
    let connector = TlsConnector::from(roots.0.clone());
    connector.connect(name, stream).await.map_err(|_| ImapError::NoTls)
}
