//! Secrets that are handed out once and kept as a hash: links to sign in by, sessions.

use crate::StoreError;
use sha2::{Digest, Sha256};

/// 32 random bytes. Printed with `{:?}`, it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// What is kept of it. Enough to know it again, not to make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHash(pub(crate) Vec<u8>);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// [`StoreError::Random`] when the system has no random numbers.
    pub fn random() -> Result<Self, StoreError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// As somebody sent it; any text will do, for only its hash is looked up.
    pub fn sent(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As it goes into a link or a cookie: letters and digits.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of it. No salt: nobody guesses 32 random bytes.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.as_bytes()).to_vec())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}
