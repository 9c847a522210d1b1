//! One callback as lists show it.

use crate::error::Trouble;
use crate::say::{self, Say};
use crate::visit::Visit;
use chrono::Days;
use domain::access::{Details, Seen};
use domain::callback::{Callback, ContactKind, Disposition, State};
use domain::fact::Why;
use domain::ids::CallbackId;
use domain::party::Party;
use domain::rounds::{Standing, standing};
use std::collections::HashMap;
use store::seen::{self, Place};
use store::{StoreError, Tx};

/// So many stand on a page.
pub(crate) const PAGE: usize = 50;

/// So many working days ahead a day may be agreed on (R23).
const FARTHEST: i32 = 20;

/// One callback in words.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) id: CallbackId,
    /// By which an act finds out that the page is out of date.
    pub(crate) version: i64,
    pub(crate) reference: String,
    /// `late`, `today`, `later`, `tried`, `none` or `pbx`: how it looks.
    pub(crate) look: &'static str,
    pub(crate) standing: String,
    pub(crate) more: String,
    pub(crate) contact: String,
    pub(crate) contacts: Option<String>,
    pub(crate) attempts: Option<String>,
    pub(crate) why: Option<String>,
    /// Whose it is, when it is not the reader's own.
    pub(crate) whose: Option<String>,
    pub(crate) responsible: String,
    pub(crate) caller: Caller,
    /// Ends beside the two that most have, as forms name them, and in words.
    pub(crate) ends: Vec<(&'static str, String)>,
    pub(crate) ended: Option<String>,
    pub(crate) can_undo: bool,
    /// Late, and the reader is its manager: they may take it on.
    pub(crate) can_take: bool,
    /// Who took it on, and until when.
    pub(crate) taken: Option<String>,
    /// The first and the last day that can be agreed on with the caller (R23).
    pub(crate) days: Option<(String, String)>,
    /// It can be offered to somebody (R18).
    pub(crate) can_offer: bool,
}

/// Who is to be called back.
#[derive(Debug, Default)]
pub(crate) struct Caller {
    pub(crate) name: Option<String>,
    /// The number as people write it, or why there is none.
    pub(crate) number: String,
    /// The same for a phone: `tel:+46701740605`.
    pub(crate) tel: Option<String>,
    pub(crate) call: String,
}

/// What a page has of a caller.
#[derive(Debug, Clone)]
pub(crate) enum Known {
    /// Number and name; none of one that was erased.
    Open(Option<Party>),
    /// Not asked for, or not for a list.
    Hidden,
}

/// These callbacks with their callers, as far as lists show them.
pub(crate) async fn shown(
    tx: &Tx,
    visit: &Visit,
    callbacks: &[Seen],
) -> Result<Vec<Shown>, StoreError> {
    Ok(Callers::of(tx, &[callbacks]).await?.shown(visit, callbacks))
}

/// The callers of all lists of a page, as far as lists show them.
#[derive(Debug)]
pub(crate) struct Callers(HashMap<CallbackId, Party>);

impl Callers {
    pub(crate) async fn of(tx: &Tx, lists: &[&[Seen]]) -> Result<Self, StoreError> {
        let all: Vec<&Seen> = lists.iter().copied().flatten().collect();
        Ok(Self(seen::callers(tx, &all).await?))
    }

    /// One of the lists.
    pub(crate) fn shown(&self, visit: &Visit, callbacks: &[Seen]) -> Vec<Shown> {
        let known = |seen: &Seen| match seen.details() {
            Details::AtHand => Known::Open(self.0.get(&seen.id).cloned()),
            Details::OnRequest | Details::WithReason => Known::Hidden,
        };
        callbacks.iter().map(|seen| one(visit, seen, known(seen))).collect()
    }
}

/// This callback, with what is known of its caller.
pub(crate) fn one(visit: &Visit, callback: &Seen, known: Known) -> Shown {
    let (say, words) = (visit.say(), visit.words);
    let first = callback.standing().next().or(callback.contacts.first());
    let due_on = callback.due.as_ref().map(|d| d.due_on);
    let stands = standing(callback, visit.today, &visit.app.calendar);
    let (look, (standing, more)) = match callback.state {
        State::Provisional { .. } => ("pbx", (words.say("by-pbx"), String::new())),
        State::Open | State::Resolved { .. } | State::Withdrawn { .. } => {
            (look(stands), say.standing(stands, due_on))
        }
    };
    let contacts = callback.standing().count();
    let attempts = callback.counted_attempts().count();
    let own = visit.reader.employee.map(domain::directory::Owner::Employee);
    Shown {
        id: callback.id,
        version: callback.changed_at_version,
        reference: callback.reference(visit.app.calendar.zone()),
        look,
        standing,
        more,
        contact: first.map(|c| say.contact(c)).unwrap_or_default(),
        contacts: (contacts > 1).then(|| words.with("contacts-more", [("n", contacts.into())])),
        attempts: (attempts > 0).then(|| words.with("attempts-n", [("n", attempts.into())])),
        why: callback.due.as_ref().map(|d| d.explain(words.spoken())),
        whose: (Some(callback.holder()) != own)
            .then(|| words.with("for-whom", [("who", say.owner(callback.holder()).into())])),
        responsible: say.responsible(callback),
        caller: caller(visit, callback, known),
        ends: ends(visit, callback),
        ended: ended(&say, callback),
        can_undo: can_undo(visit, callback),
        can_take: look == "late" && can_take(visit, callback),
        taken: callback.taken.filter(|t| t.until >= visit.today).map(|t| {
            let (who, day) = (say.employee(t.by), say.day(t.until));
            words.with("taken-by", [("who", who.into()), ("day", day.into())])
        }),
        days: days(visit, callback),
        can_offer: callback.is_open() && callback.may_act() && callback.offered().is_none(),
    }
}

/// Whether one between is off is said when it is sent.
fn days(visit: &Visit, callback: &Seen) -> Option<(String, String)> {
    if !callback.is_open() || !callback.may_act() {
        return None;
    }
    let calendar = visit.rules().calendar_of(callback.unit);
    let first = visit.today.checked_add_days(Days::new(1))?;
    let last = calendar.add_working_days(visit.today, FARTHEST).ok()?;
    Some((first.to_string(), last.to_string()))
}

fn look(standing: Standing) -> &'static str {
    match standing {
        Standing::Late { .. } => "late",
        Standing::DueToday => "today",
        Standing::DueLater => "later",
        Standing::Tried => "tried",
        Standing::NoDeadline => "none",
        Standing::Agreed { .. } => "later",
        Standing::AgreedDayBroken { .. } => "late",
    }
}

fn caller(visit: &Visit, callback: &Seen, known: Known) -> Caller {
    let words = visit.words;
    let only = |id: &str| Caller { number: words.say(id), ..Caller::default() };
    let party = match (known, callback.details(), callback.caller) {
        (Known::Hidden, Details::WithReason, _) => return only("details-protected"),
        (Known::Hidden, Details::AtHand | Details::OnRequest, Some(_)) => {
            return only("details-hidden");
        }
        (_, _, None) => return only("withheld"),
        (Known::Open(None), _, Some(_)) => return only("forgotten-number"),
        (Known::Open(Some(party)), _, Some(_)) => party,
    };
    let (written, tel) = match &party.number {
        Some(number) => (number.written(), Some(format!("tel:{}", number.as_str()))),
        None if party.text.is_empty() => (words.say("unknown-number"), None),
        None => (party.text.clone(), None),
    };
    let call = words.with("caller-number", [("number", written.clone().into())]);
    Caller { name: party.name.clone(), number: written, tel, call }
}

/// The ends that the callback would take now, beside "reached" and "e-mailed".
fn ends(visit: &Visit, callback: &Callback) -> Vec<(&'static str, String)> {
    use Disposition::{
        CallerReachedUs, HandledByColleague, NoContactDetails, NotARequest, NotReachable,
    };
    let all = [HandledByColleague, CallerReachedUs, NotReachable, NoContactDetails, NotARequest];
    let actor = visit.reader.actor();
    let would = |d: &Disposition| {
        callback.is_open() && callback.clone().resolve(actor, *d, visit.rules(), visit.now).is_ok()
    };
    let named = |d: Disposition| {
        let name = say::name(d);
        (name, visit.words.say(&format!("act-{}", name)))
    };
    all.into_iter().filter(would).map(named).collect()
}

fn ended(say: &Say<'_>, callback: &Callback) -> Option<String> {
    match callback.state {
        State::Open | State::Withdrawn { .. } => None,
        State::Provisional { disposition, at, .. } | State::Resolved { disposition, at, .. } => {
            let (when, what) = (say.moment(at), say.disposition(disposition));
            Some(say.words.with("ended", [("when", when.into()), ("what", what.into())]))
        }
    }
}

fn can_undo(visit: &Visit, callback: &Callback) -> bool {
    callback.clone().undo(None, visit.reader.actor(), visit.rules(), visit.now).is_ok()
}

/// Not again on the same day: that would change nothing.
fn can_take(visit: &Visit, callback: &Callback) -> bool {
    visit.reader.takes_on(callback, &visit.directory).is_some_and(|by| {
        let taken = callback.clone().take(by, visit.rules(), visit.now);
        taken.is_ok_and(|decision| !decision.is_unchanged())
    })
}

/// How long a message is, where the PBX said so; of a missed call, why nobody answered.
pub(crate) fn more(visit: &Visit, kind: ContactKind) -> Option<String> {
    match kind {
        ContactKind::Missed { why: Why::Unknown } => None,
        ContactKind::Missed { why } => Some(visit.say().why(why)),
        ContactKind::Message { length_ms: Some(ms), .. } => {
            Some(visit.words.with("message-length", [("seconds", (ms / 1_000).into())]))
        }
        ContactKind::Message { length_ms: None, .. } => None,
    }
}

/// A place on a list as a link has it.
pub(crate) fn write_place(place: Place) -> String {
    let due =
        place.due_at.map_or_else(|| "none".to_owned(), |at| at.timestamp_micros().to_string());
    format!("{due}.{}.{}", u8::from(place.has_message), place.id)
}

/// Reads it back.
///
/// # Errors
/// [`Trouble::NotFound`] for what no link of ours says.
pub(crate) fn read_place(text: &str) -> Result<Place, Trouble> {
    let place = || {
        let mut parts = text.splitn(3, '.');
        let due_at = match parts.next()? {
            "none" => None,
            micros => Some(chrono::DateTime::from_timestamp_micros(micros.parse().ok()?)?),
        };
        let has_message = parts.next()? == "1";
        let id = CallbackId(uuid::Uuid::try_parse(parts.next()?).ok()?);
        Some(Place { due_at, has_message, id })
    };
    place().ok_or(Trouble::NotFound)
}
