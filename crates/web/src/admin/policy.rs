//! `GET /admin/policy`: by what numbers promises are kept, and where each of them is changed.

use super::{Tab, only_administrators};
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::TimeDelta;
use domain::policy::MissedCalls;

#[derive(Debug, Template)]
#[template(path = "admin_policy.html")]
struct PolicyPage {
    page: Page,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    id: &'static str,
    title: String,
    /// What holds, and the key of the configuration.
    rows: Vec<(String, &'static str)>,
}

/// `GET /admin/policy`
pub(crate) async fn policy(visit: Visit) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let groups = Vec::from([promise(&visit), calls(&visit), mails(&visit)]);
        let page = Page::of_administrator(&visit, Tab::Policy);
        Ok(show(StatusCode::OK, &PolicyPage { page, groups }))
    };
    visit.answer(made).await
}

fn promise(visit: &Visit) -> Group {
    let (words, policy) = (visit.words, &visit.app.policy);
    let n = |id: &str, n: i64| words.with(id, [("n", n.into())]);
    let missed = match policy.missed_calls {
        MissedCalls::Deadline => words.say("policy-missed-deadline"),
        MissedCalls::List => n("policy-missed-list", policy.list_days.into()),
        MissedCalls::Ignore => words.say("policy-missed-ignore"),
    };
    let rows = Vec::from([
        (n("policy-days", policy.working_days.into()), "policy.working_days"),
        (missed, "policy.missed_calls"),
        (n("policy-undo", policy.undo_days.into()), "policy.undo_days"),
        (n("policy-not-reached", policy.not_reached_days.into()), "policy.not_reached_days"),
    ]);
    Group { id: "promise", title: words.say("policy-promise"), rows }
}

fn calls(visit: &Visit) -> Group {
    let (words, policy) = (visit.words, &visit.app.policy);
    let n = |id: &str, n: usize| words.with(id, [("n", n.into())]);
    let seconds = |id: &str, time: TimeDelta| words.with(id, [("n", time.num_seconds().into())]);
    let rows = Vec::from([
        (seconds("policy-message", policy.shortest_message), "policy.shortest_message_seconds"),
        (seconds("policy-ring", policy.shortest_ring), "policy.shortest_ring_seconds"),
        (seconds("policy-talk", policy.shortest_talk), "policy.shortest_talk_seconds"),
        (seconds("policy-settle", policy.settle_after), "policy.settle_seconds"),
        (n("policy-shared", policy.shared.len()), "policy.shared_numbers"),
        (n("policy-blocked", policy.blocked.len()), "policy.blocked_numbers"),
    ]);
    Group { id: "calls", title: words.say("policy-calls"), rows }
}

fn mails(visit: &Visit) -> Group {
    let (say, words, schedule) = (visit.say(), visit.words, &visit.app.schedule);
    let times = |id: &str, from, until| {
        words.with(id, [("from", say.time(from).into()), ("until", say.time(until).into())])
    };
    let new = match schedule.new_every {
        Some(every) => words.with("policy-new", [("n", every.num_minutes().into())]),
        None => words.say("policy-new-none"),
    };
    let rows = Vec::from([
        (
            times("policy-window", schedule.window_from, schedule.window_until),
            "rounds.window_from, window_until",
        ),
        (new, "rounds.new_every_minutes"),
        (
            times("policy-digest", schedule.digest, schedule.digest_until),
            "rounds.digest, digest_until",
        ),
        (times("policy-nudge", schedule.nudge, schedule.nudge_until), "rounds.nudge, nudge_until"),
        (
            times("policy-list", schedule.manager_list, schedule.manager_list_until),
            "rounds.manager_list, manager_list_until",
        ),
    ]);
    Group { id: "mails", title: words.say("policy-mails"), rows }
}
