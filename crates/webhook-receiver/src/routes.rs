//! `/hooks/{source}/…`: taking posts, refusing what is not the PBX's own, answering once it is durable.

use crate::Receiver;
use crate::adapters::{Refused, Reply};
use crate::intake::{Keep, NotStored};
use crate::metrics::Answered;
use crate::request::RawRequest;
use crate::source::Source;
use crate::sources::{Found, NotAsked};
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use chrono::{DateTime, Utc};
use domain::ids::SourceName;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::inbox::Post;

/// No PBX sends more.
const BODY: usize = 1 << 20;

/// The routes of the receiver.
pub fn router(receiver: Receiver) -> Router {
    let intake = receiver.intake.clone();
    router_keeping(receiver, intake)
}

/// The same routes, keeping posts in another way: what the intake is measured against.
pub fn router_keeping<K: Keep>(receiver: Receiver, keep: K) -> Router {
    Router::new()
        .route("/hooks/{source}", any(bare::<K>))
        .route("/hooks/{source}/{*rest}", any(with_rest::<K>))
        .layer(DefaultBodyLimit::max(BODY))
        .with_state(Arc::new(Hooks { receiver, keep }))
}

struct Hooks<K> {
    receiver: Receiver,
    keep: K,
}

async fn bare<K: Keep>(
    State(hooks): State<Arc<Hooks<K>>>,
    Path(source): Path<String>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    take(&hooks, &source, String::new(), (method, &uri, &headers, body)).await
}

async fn with_rest<K: Keep>(
    State(hooks): State<Arc<Hooks<K>>>,
    Path((source, rest)): Path<(String, String)>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    take(&hooks, &source, rest, (method, &uri, &headers, body)).await
}

type Incoming<'a> = (Method, &'a Uri, &'a HeaderMap, Result<Bytes, BytesRejection>);

async fn take<K: Keep>(
    hooks: &Hooks<K>,
    source: &str,
    rest: String,
    incoming: Incoming<'_>,
) -> Response {
    let receiver = &hooks.receiver;
    let name = SourceName::new(source);
    let source = match receiver.sources.find(&name, &receiver.store, &receiver.clock).await {
        Ok(Found::Here(source)) => source,
        Ok(Found::Ended) => return said(StatusCode::GONE, "this source was ended in Återkom"),
        Ok(Found::Nothing) => {
            let text = "there is no such source; check the name after /hooks/";
            return said(StatusCode::NOT_FOUND, text);
        }
        Err(NotAsked) => return unavailable(),
    };
    let (result, response) = match accept(hooks, source, rest, incoming).await {
        Ok(reply) => (Answered::Accepted, answer(reply)),
        Err(not) => {
            if let Not::Refused(Refused::Stale) = not {
                receiver.note_stale(&name).await;
            }
            not.answer(&name)
        }
    };
    receiver.metrics.count(&name.0, result);
    response
}

/// Why a post was not accepted.
enum Not {
    Method,
    Encoded,
    /// Too large, or it never came to its end.
    Body(BytesRejection),
    Refused(Refused),
    Stored(NotStored),
}

async fn accept<K: Keep>(
    Hooks { receiver, keep }: &Hooks<K>,
    source: Arc<Source>,
    rest: String,
    (method, uri, headers, body): Incoming<'_>,
) -> Result<Reply, Not> {
    if ![Method::POST, Method::GET, Method::PUT].contains(&method) {
        return Err(Not::Method);
    }
    // The bytes are what was signed: they are never decoded on the way in.
    if headers.get(header::CONTENT_ENCODING).is_some_and(|e| e != "identity") {
        return Err(Not::Encoded);
    }
    let body = body.map_err(Not::Body)?;
    let now = receiver.clock.now();
    let path = uri.path_and_query().map_or(uri.path(), |p| p.as_str());
    let request = RawRequest {
        method: method.as_str().to_owned(),
        url: format!("{}{path}", source.public_url.trim_end_matches('/')),
        rest,
        headers: texts(headers),
        body: body.to_vec(),
    };
    let (source, answered) = admit(receiver, source, &request).await?;
    let source = source.as_ref();
    if let Some(reply) = answered {
        return Ok(reply);
    }
    let reply = source.adapter.reply(&request);
    let post = Post {
        id: receiver.clock.new_id(),
        source: source.name.clone(),
        method: request.method.clone(),
        url: without_secret(uri, source),
        repeat_key: repeat_key(&request, source),
        headers: request
            .headers
            .into_iter()
            .filter(|(name, value)| may_be_kept(name, value, uri, source))
            .collect(),
        body: without_secrets(request.body, source),
        received_at: now,
    };
    keep.keep(post).await.map_err(Not::Stored)?;
    receiver.arrived.notify_one();
    Ok(reply)
}

/// The source by whose secrets the request is genuine, and the answer to one that only asks whether somebody is there. A secret
/// that is not known may have been made a moment ago.
async fn admit(
    receiver: &Receiver,
    source: Arc<Source>,
    request: &RawRequest,
) -> Result<(Arc<Source>, Option<Reply>), Not> {
    let now = receiver.clock.now();
    match admitted(&source, request, now) {
        Ok(answered) => Ok((source, answered)),
        Err(refused @ Refused::Stale) => Err(Not::Refused(refused)),
        Err(refused @ Refused::Wrong) => {
            let again = receiver.sources.find_again(&source.name, &receiver.store, &receiver.clock);
            let again = again.await.map_err(|NotAsked| Not::Stored(NotStored))?;
            let again = again.ok_or(Not::Refused(refused))?;
            let answered = admitted(&again, request, now).map_err(Not::Refused)?;
            Ok((again, answered))
        }
    }
}

fn admitted(
    source: &Source,
    request: &RawRequest,
    now: DateTime<Utc>,
) -> Result<Option<Reply>, Refused> {
    if let Some(reply) = source.adapter.handshake(request, source) {
        return Ok(Some(reply));
    }
    source.adapter.verify(request, source, now).map(|()| None)
}

/// Header values that are not UTF-8 are replaced where they are not; NUL cannot be in one.
fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text =
        |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// What proves who sent it is not kept: neither where it belongs, nor where a proxy repeats it (`X-Original-URI`). An
/// idempotency token proves nothing; it is an event's id.
fn may_be_kept(name: &str, value: &str, uri: &Uri, source: &Source) -> bool {
    let named = ["authorization", "cookie", "token", "secret", "key"];
    let in_path = uri.path().rsplit('/').find(|segment| !segment.is_empty());
    let in_path = in_path.filter(|segment| *segment != source.name.0);
    let mut secrets = source.exposed_secrets().chain(in_path);
    let proves = named.iter().any(|word| name.contains(word)) && !name.contains("idempotency");
    !proves && !secrets.any(|secret| value.contains(secret))
}

/// What follows the source's name in the path can be its secret, in any encoding: it stays out of the inbox. The query is
/// what some PBXs tell.
fn without_secret(uri: &Uri, source: &Source) -> String {
    let url = format!("{}/hooks/{}", source.public_url.trim_end_matches('/'), source.name);
    uri.query().map_or_else(|| url.clone(), |query| format!("{url}?{query}"))
}

/// A few vendors prove who they are in the body: their secret is blotted out, and the rest stays byte for byte.
fn without_secrets(mut body: Vec<u8>, source: &Source) -> Vec<u8> {
    for secret in source.exposed_secrets().map(str::as_bytes) {
        let mut from = 0;
        let found = |body: &[u8]| body.windows(secret.len()).position(|part| part == secret);
        while let Some(at) = body.get(from..).filter(|_| !secret.is_empty()).and_then(found) {
            body[from + at..][..secret.len()].fill(b'*');
            from += at + secret.len();
        }
    }
    body
}

/// R4: facts may come twice. Only an exact repeat is dropped: two events may share an id, and one without id or time
/// may come again and mean something.
fn repeat_key(request: &RawRequest, source: &Source) -> Option<Vec<u8>> {
    let delivery = source.adapter.delivery(request)?;
    let mut hash = Sha256::new();
    for part in [
        source.name.0.as_bytes(),
        request.method.as_bytes(),
        request.url.as_bytes(),
        delivery.as_bytes(),
        &request.body,
    ] {
        hash.update(u64::try_from(part.len()).unwrap_or_default().to_be_bytes());
        hash.update(part);
    }
    Some(hash.finalize().to_vec())
}

fn answer(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let mut response =
        (status, [(header::CONTENT_TYPE, reply.content_type)], reply.body).into_response();
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn said(status: StatusCode, text: &str) -> Response {
    (status, format!("{text}\n")).into_response()
}

fn unavailable() -> Response {
    let mut response = said(StatusCode::SERVICE_UNAVAILABLE, &NotStored.to_string());
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

impl Not {
    fn answer(self, source: &SourceName) -> (Answered, Response) {
        let source = source.0.as_str();
        match self {
            Self::Method => {
                (Answered::Unfit, said(StatusCode::METHOD_NOT_ALLOWED, "send POST, GET or PUT"))
            }
            Self::Encoded => {
                let text = "send the body without Content-Encoding: its bytes are what is signed";
                (Answered::Unfit, said(StatusCode::UNSUPPORTED_MEDIA_TYPE, text))
            }
            Self::Body(why) => (Answered::Unfit, why.into_response()),
            Self::Refused(refused) => {
                tracing::warn!(source, reason = %refused, "a post was refused");
                let counted = match refused {
                    Refused::Wrong => Answered::Wrong,
                    Refused::Stale => Answered::Stale,
                };
                (counted, said(StatusCode::UNAUTHORIZED, &refused.to_string()))
            }
            Self::Stored(NotStored) => (Answered::Unavailable, unavailable()),
        }
    }
}
