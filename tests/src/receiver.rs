//! A receiver of webhooks as others run them: a real HTTP server that answers what the test says, and judges signatures by
//! itself, with nothing of the product.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// What it answers.
#[derive(Debug, Clone)]
pub enum Reaction {
    /// A status, and one more header.
    Status(u16, Option<(&'static str, String)>),
    /// 200, and a body that never ends.
    Endless,
    /// Nothing, for ever.
    Never,
}

/// One request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// The server. Clones are the same.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// `http://127.0.0.1:…`
    pub base: String,
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    requests: Mutex<Vec<Request>>,
    next: Mutex<VecDeque<Reaction>>,
    always: Mutex<Reaction>,
    arrived: Notify,
}

impl Receiver {
    /// Starts one that takes everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("it has an address"));
        let inner = Arc::new(Inner {
            requests: Mutex::default(),
            next: Mutex::default(),
            always: Mutex::new(Reaction::Status(200, None)),
            arrived: Notify::new(),
        });
        let router = axum::Router::new().fallback(answered).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, inner }
    }

    /// From now on it answers so.
    pub fn answers(&self, reaction: Reaction) {
        *locked(&self.inner.always) = reaction;
    }

    /// From now on it answers with this status.
    pub fn says(&self, status: u16) {
        self.answers(Reaction::Status(status, None));
    }

    /// The next request it answers so, and after that as before.
    pub fn answers_next(&self, reaction: Reaction) {
        locked(&self.inner.next).push_back(reaction);
    }

    /// Everything that came, in order.
    pub fn requests(&self) -> Vec<Request> {
        locked(&self.inner.requests).clone()
    }

    /// Waits until another request has come.
    pub async fn hears_one(&self) {
        self.inner.arrived.notified().await;
    }
}

impl Request {
    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Its body as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// A field of its body as a form.
    ///
    /// # Panics
    /// When there is none.
    pub fn field(&self, name: &str) -> String {
        let mut fields = url::form_urlencoded::parse(&self.body);
        let field = fields.find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        field.expect("the form has this field")
    }

    /// Whether one of its signatures was made with the key behind this secret, as a receiver would find out.
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let coded = secret.strip_prefix("whsec_").expect("a secret of Standard Webhooks");
        let key = STANDARD.decode(coded).expect("base64");
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key of any length");
        let (id, at) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        mac.update(format!("{id}.{at}.").as_bytes());
        mac.update(&self.body);
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        self.header("webhook-signature").split(' ').any(|signature| signature == expected)
    }
}

async fn answered(
    State(inner): State<Arc<Inner>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request = Request { path: uri.path().to_owned(), headers, body: body.to_vec() };
    locked(&inner.requests).push(request);
    inner.arrived.notify_one();
    let next = locked(&inner.next).pop_front();
    let reaction = next.unwrap_or_else(|| locked(&inner.always).clone());
    match reaction {
        Reaction::Status(status, more) => {
            let status = StatusCode::from_u16(status).expect("a status");
            let mut response = status.into_response();
            if let Some((name, value)) = more {
                let name = header::HeaderName::from_static(name);
                response.headers_mut().insert(name, value.parse().expect("a header"));
            }
            response
        }
        Reaction::Endless => {
            let megabyte = || Ok::<_, std::io::Error>(vec![b'x'; 1024 * 1024]);
            Body::from_stream(futures_util::stream::repeat_with(megabyte)).into_response()
        }
        Reaction::Never => std::future::pending().await,
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
