//! Microsoft Teams: change notifications of call records, from Microsoft Graph.
//!
//! <https://learn.microsoft.com/graph/change-notifications-delivery-webhooks>, known from sample posts and from what is commonly
//! said of it, looked for 2026-11-24. A notification has neither numbers nor an outcome, only the name of a record that one would
//! have to fetch with an account of the organisation; this version does not fetch. Nothing is signed: each element has the
//! `clientState` that the subscription was made with.

use super::{Adapter, Refused, Reply, Unreadable, credential, json};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What};
use domain::party::{Party, clean};
use serde_json::Value;

/// So many notifications Graph may put into one post; what is beyond is not Graph's.
const MOST: usize = 1_000;
/// Graph's tokens are far shorter.
const LONGEST_TOKEN: usize = 2_000;

/// Change notifications of Graph.
#[derive(Debug)]
pub(super) struct MsGraph;

impl Adapter for MsGraph {
    fn name(&self) -> &'static str {
        "ms-graph"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        credential::check_token(secret)
    }

    /// When a subscription is made or renewed Graph wants a token back, as plain text: a browser must never show it as
    /// a page, for anybody can choose it.
    fn handshake(&self, request: &RawRequest, _source: &Source) -> Option<Reply> {
        let mut query = url::form_urlencoded::parse(request.query().as_bytes());
        let (_, token) = query.find(|(name, _)| name == "validationToken")?;
        let is_question = request.body.trim_ascii().is_empty();
        (is_question && !token.is_empty() && token.len() <= LONGEST_TOKEN).then(|| Reply {
            content_type: "text/plain; charset=utf-8",
            headers: Vec::from([("x-content-type-options", "nosniff".to_owned())]),
            body: token.into_owned(),
            ..Reply::default()
        })
    }

    /// One wrong element refuses the whole post.
    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let body = json::object(request).map_err(|_| Refused::Wrong)?;
        let elements = json::list(&body, "value");
        if elements.is_empty() || elements.len() > MOST {
            return Err(Refused::Wrong);
        }
        elements.iter().try_for_each(|element| {
            let secrets = source.exposed_secrets();
            credential::verify_token(&json::text(element, "clientState"), secrets)
        })
    }

    /// None: an update of a record has the same bytes as the one before it, and is news.
    fn delivery(&self, _request: &RawRequest) -> Option<String> {
        None
    }

    fn parse(&self, request: &RawRequest, _source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let body = json::object(request)?;
        if !body["value"].is_array() {
            return Err(Unreadable::missing("value"));
        }
        Ok(json::list(&body, "value").iter().take(MOST).filter_map(record).collect())
    }

    /// 202 says that it is kept and will be seen to.
    fn reply(&self, _request: &RawRequest) -> Reply {
        Reply { status: 202, ..Reply::default() }
    }
}

/// That there is a record of a call, by its name. What was fetched of it once would have the same.
fn record(element: &Value) -> Option<CallFact> {
    let resource = json::text(element, "resource");
    let id = json::name(element, "resourceData.id").or_else(|| {
        let (_, id) = resource.rsplit_once("callRecords/")?;
        Some(clean(id.trim_matches(['(', ')', '\'', '/']))).filter(|id| !id.is_empty())
    })?;
    resource.contains("callRecords").then(|| CallFact {
        key: clean(&format!("callRecords/{id}")),
        refs: Vec::from([CallRef::Call(id)]),
        direction: Direction::Unsaid,
        from: Party::absent(),
        to: Party::absent(),
        line: Party::absent(),
        leg: None,
        what: What::Step,
        began_at: None,
        ended_at: None,
        complete: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;
    use crate::adapters::testing::json::{only, posted, read, with};
    use serde_json::json;

    fn element(state: &str, id: &str) -> Value {
        json!({"subscriptionId": "s", "clientState": state, "changeType": "updated",
            "resource": format!("communications/callRecords/{id}"),
            "resourceData": {"@odata.type": "#microsoft.graph.callrecord", "id": id}, "tenantId": "t"})
    }

    #[test]
    fn the_question_at_subscription_is_answered_as_plain_text() {
        let source = source_for_tests("ms-graph", &["a-client-state"]);
        let ask = |query: &str, body: &[u8]| {
            let url = format!("https://aterkom.kommun.example/hooks/teams{query}");
            let request = RawRequest { url, body: body.to_vec(), ..RawRequest::default() };
            MsGraph.handshake(&request, &source)
        };
        let reply = ask("?validationToken=Validation%3A+%3Cb%3E%C3%A5", b"").unwrap();
        assert_eq!((reply.status, reply.body.as_str()), (200, "Validation: <b>å"));
        assert_eq!(reply.content_type, "text/plain; charset=utf-8");
        assert_eq!(reply.headers, [("x-content-type-options", "nosniff".to_owned())]);
        let long = format!("?validationToken={}", "x".repeat(2_001));
        for (query, body) in
            [("", &b""[..]), ("?validationToken=", b""), (&long, b""), ("?x=1", b"")]
        {
            assert_eq!(ask(query, body), None, "{query}");
        }
        assert_eq!(ask("?validationToken=x", b"{}"), None, "a notification is no question");
    }

    #[test]
    fn every_element_must_have_one_of_two_secrets() {
        let source = source_for_tests("ms-graph", &["an-older-state", "a-client-state"]);
        let verified = |body: &Value| MsGraph.verify(&posted(body), &source, DateTime::UNIX_EPOCH);
        let (old, new) = (element("an-older-state", "r1"), element("a-client-state", "r2"));
        assert_eq!(verified(&json!({"value": [old, new.clone()]})), Ok(()));
        for wrong in [
            json!({"value": [new.clone(), element("a-client-statf", "r3")]}),
            json!({"value": [with(&new, &[("/clientState", Value::Null)])]}),
            json!({"value": []}),
            json!({"value": new}),
            json!({}),
            json!([]),
        ] {
            assert_eq!(verified(&wrong), Err(Refused::Wrong), "{wrong}");
        }
    }

    #[test]
    fn a_notification_tells_only_that_there_is_a_record() {
        let post = json!({"value": [element("x", "r1")]});
        let fact = only(&MsGraph, &post);
        assert_eq!(
            (fact.what, fact.refs),
            (What::Step, Vec::from([CallRef::Call("r1".to_owned())]))
        );
        let bare = with(&post, &[("/value/0/resourceData", Value::Null)]);
        assert_eq!(only(&MsGraph, &bare).key, "callRecords/r1");
        let quoted = [
            ("/value/0/resourceData", Value::Null),
            ("/value/0/resource", json!("communications/callRecords/('r1')")),
        ];
        assert_eq!(only(&MsGraph, &with(&post, &quoted)).key, "callRecords/r1");
        let both = json!({"value": [element("x", "r1"), element("x", "r2")]});
        assert_eq!(read(&MsGraph, &both).unwrap().len(), 2);
        let mail = with(&post, &[("/value/0/resource", json!("users/1/messages/2"))]);
        assert_eq!(read(&MsGraph, &mail), Ok(Vec::new()));
        assert_eq!(read(&MsGraph, &json!({})).unwrap_err(), "the field \"value\" is missing");
        assert_eq!(MsGraph.reply(&posted(&post)).status, 202);
    }
}
