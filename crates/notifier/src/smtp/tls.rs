//! The connection's protection: the system's authorities, and a private one where it is configured.

use super::{Smtp, wire::Stream};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use tokio_rustls::TlsConnector;

/// What is wrong with what TLS is told.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("\"{0}\" is not the name of a server; write one such as \"smtp.kommun.example\"")]
    Host(String),
    #[error("this is no certificate in PEM; it begins with -----BEGIN CERTIFICATE-----")]
    NoCertificate,
    #[error("this certificate cannot be an authority's")]
    Certificate(#[source] rustls::Error),
    #[error("TLS cannot be set up")]
    Setup(#[source] rustls::Error),
}

/// How to begin TLS with the server.
#[derive(Clone)]
pub(crate) struct Tls {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl Tls {
    pub(crate) fn new(smtp: &Smtp) -> Result<Self, TlsError> {
        let name = ServerName::try_from(smtp.host.clone())
            .map_err(|_| TlsError::Host(smtp.host.clone()))?;
        let mut roots = RootCertStore::empty();
        // A certificate of the system that cannot be read is the system's matter; the others still count.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(pem) = &smtp.authority {
            let own: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
            let own = own.ok().filter(|own| !own.is_empty()).ok_or(TlsError::NoCertificate)?;
            for certificate in own {
                roots.add(certificate).map_err(TlsError::Certificate)?;
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(TlsError::Setup)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { connector: Arc::new(config).into(), name })
    }

    pub(crate) async fn begin(&self, stream: Stream) -> std::io::Result<Stream> {
        let stream = self.connector.connect(self.name.clone(), stream).await?;
        Ok(Box::new(stream))
    }
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tls").field("name", &self.name).finish_non_exhaustive()
    }
}
