//! The life of a callback: every state and every event, as a table that an officer of the municipality can read.

use super::{opened, state};
use crate::callback::{Callback, Contact, Disposition, How};
use crate::decision::{Decision, Decline, Entry, Refusal};
use crate::directory::Owner;
use crate::testing::*;
use crate::transitions::Rules;

type Transition = Box<dyn Fn(Callback) -> Result<Decision, Refusal>>;

fn transition(of: impl Fn(Callback) -> Result<Decision, Refusal> + 'static) -> Transition {
    Box::new(of)
}

fn now() -> chrono::DateTime<chrono::Utc> {
    at("2026-11-10 10:00")
}

fn resolve(as_: Disposition) -> Transition {
    transition(move |c| c.resolve(ANNA, as_, rules(), now()))
}

fn join(contact: Contact) -> Transition {
    transition(move |c| c.join(contact.clone(), rules(), now()))
}

fn hear(call: u128, talk: Option<i64>) -> Transition {
    transition(move |c| c.hear(&we_rang(call, "2026-11-10 09:00", talk), rules(), now()))
}

fn wake(time: &'static str) -> Transition {
    transition(move |c| c.wake(rules(), at(time)))
}

/// What happens, in words, and as a transition.
fn events() -> Vec<(&'static str, Transition)> {
    use Disposition as D;
    Vec::from([
        ("Samma person ringer igen", join(listed(2, "2026-11-09 09:00"))),
        ("Ett tidigare meddelande hittas", join(message(2, "2026-11-06 09:00"))),
        ("Växeln berättar samma sak en gång till", join(message(1, "2026-11-09 10:00"))),
        ("Växeln rättar vad den har sagt om samtalet", join(miss(1, "2026-11-09 10:01"))),
        (
            "Samtalet visar sig vara besvarat",
            transition(move |c| c.withdraw_contact(call_id(1), rules(), now())),
        ),
        (
            "Ett annat samtal visar sig vara besvarat",
            transition(move |c| c.withdraw_contact(call_id(9), rules(), now())),
        ),
        ("Växeln ser att vi ringer upp och talar i 20 sekunder", hear(8, Some(20))),
        ("Växeln ser att vi ringer upp utan svar", hear(8, None)),
        ("Samtalet som räknades som svar var kortare än så", hear(7, Some(19))),
        ("Försökt, inte nådd", transition(move |c| c.attempt(ANNA, How::Phone, now()))),
        ("Nådd", resolve(D::Reached)),
        ("Besvarad med e-post", resolve(D::Emailed)),
        ("Personen fick tag i oss", resolve(D::CallerReachedUs)),
        ("En kollega tog hand om det", resolve(D::HandledByColleague)),
        ("Inte något ärende till oss (privat, skräp)", resolve(D::NotARequest)),
        ("Någon säger att växeln såg samtalet", resolve(D::ReachedByPbx)),
        ("Det finns inga kontaktuppgifter", resolve(D::NoContactDetails)),
        ("Går inte att nå", resolve(D::NotReachable)),
        (
            "Överenskommen dag: fredag 13 november",
            transition(move |c| c.agree(date("2026-11-13"), ANNA, rules(), now())),
        ),
        (
            "Överenskommen dag: lördag 14 november",
            transition(move |c| c.agree(date("2026-11-14"), ANNA, rules(), now())),
        ),
        (
            "Överlämnas till Siv på Skola",
            transition(move |c| c.offer(Owner::Employee(SIV), Some(SCHOOL), ANNA, rules(), now())),
        ),
        ("Mottagaren tar emot", transition(move |c| c.accept(BO, rules(), now()))),
        (
            "Mottagaren avböjer",
            transition(move |c| c.decline(BO, Decline::NotOurs, rules(), now())),
        ),
        (
            "Anna på Bygg har slutat",
            transition(move |c| c.owner_left(ANNA, Some(BUILDING), rules(), now())),
        ),
        (
            "Bo på Bygg har slutat",
            transition(move |c| c.owner_left(BO, Some(BUILDING), rules(), now())),
        ),
        ("Chefen säger ”Jag tar den”", transition(move |c| c.take(CHEF, rules(), now()))),
        (
            "Tisdag 10 november stängs, och löften ska räknas om",
            transition(move |c| {
                let calendar = CALENDAR.clone().with_closed(date("2026-11-10"), "flytt");
                c.count_anew(CHEF, Rules { calendar: &calendar, ..rules() }, now())
            }),
        ),
        ("Ångra", transition(move |c| c.undo(None, ANNA, rules(), now()).map(|mut d| d.remove(0)))),
        ("Tisdag 10 november är slut, en minut före", wake("2026-11-10 23:59")),
        ("Tisdag 10 november är slut", wake("2026-11-11 00:00")),
        ("Onsdag 11 november är slut", wake("2026-11-12 00:00")),
    ])
}

fn in_every_state() -> [(&'static str, Callback); 6] {
    let then = at("2026-11-09 11:05");
    let offered = opened().offer(Owner::Employee(BO), Some(BUILDING), ANNA, rules(), then).unwrap();
    let agreed = opened().agree(date("2026-11-11"), ANNA, rules(), then).unwrap();
    let talk = we_rang(7, "2026-11-09 11:00", Some(60));
    let provisional = opened().hear(&talk, rules(), then).unwrap();
    let resolved = opened().resolve(ANNA, Disposition::Reached, rules(), then).unwrap();
    let withdrawn = opened().withdraw_contact(call_id(1), rules(), then).unwrap();
    [
        ("Öppen", opened()),
        ("Öppen, erbjuden till Bo", offered.callback),
        ("Öppen, överenskommen dag onsdag 11", agreed.callback),
        ("Klar enligt växeln", provisional.callback),
        ("Klar", resolved.callback),
        ("Tillbakadragen", withdrawn.callback),
    ]
}

/// What it came to, or why not.
fn told(result: &Result<Decision, Refusal>) -> String {
    let decision = match result {
        Err(Refusal::AlreadyResolved { .. }) => return "nej: redan klar".to_owned(),
        Err(Refusal::Withdrawn { .. }) => return "nej: tillbakadragen".to_owned(),
        Err(Refusal::TooFewAttempts { attempts, days }) => {
            return format!("nej: kräver 3 försök på 2 arbetsdagar, finns {attempts} på {days}");
        }
        Err(Refusal::OnlyByPbx { .. }) => return "nej: det säger bara växeln själv".to_owned(),
        Err(Refusal::HasContactDetails) => return "nej: numret är känt".to_owned(),
        Err(Refusal::NotResolved) => return "nej: den är inte klar".to_owned(),
        Err(Refusal::NotOffered) => return "nej: den är inte erbjuden till någon".to_owned(),
        Err(Refusal::NoDayToAgreeOn { .. }) => return "nej: inte en arbetsdag inom 20".to_owned(),
        Err(other) => return format!("nej: {other}"),
        Ok(decision) => decision,
    };
    if decision.is_unchanged() {
        return "–".to_owned();
    }
    let entries = decision.entries.iter().map(noted).collect::<Vec<_>>().join(", ");
    let becomes = match state(&decision.callback) {
        "open" => "öppen",
        "provisional" => "klar enligt växeln",
        "resolved" => "klar",
        _ => "tillbakadragen",
    };
    format!("{becomes}: {entries}")
}

fn noted(entry: &Entry) -> &'static str {
    match entry {
        Entry::Opened { .. } => "öppnades",
        Entry::Joined { .. } => "en kontakt till",
        Entry::Amended { .. } => "kontakten rättades",
        Entry::ContactWithdrawn { .. } => "kontakten ströks",
        Entry::DueMoved { .. } => "sista dagen ändrades",
        Entry::CountedAnew { .. } => "sista dagen räknades om",
        Entry::Attempted { reached: true, .. } => "nådd",
        Entry::Attempted { reached: false, .. } => "försökt",
        Entry::ResolvedByPbx { .. } => "växeln såg svaret",
        Entry::ReopenedByPbx { .. } => "det var inget svar",
        Entry::MadeFinal => "slutgiltigt",
        Entry::Resolved { .. } => "avslutad",
        Entry::Undone { .. } => "ångrad",
        Entry::JoinedFrom { .. } => "två blev en",
        Entry::Withdrawn { .. } => "drogs tillbaka",
        Entry::Listed { .. } => "på chefens lista",
        Entry::Taken { .. } => "chefen tar den",
        Entry::HandedOver { .. } => "erbjuds",
        Entry::Accepted { .. } => "mottagen",
        Entry::Declined { .. } => "avböjd",
        Entry::HandOverUnanswered { .. } => "obesvarad överlämning, går till mottagande enhet",
        Entry::Agreed { .. } => "ny dag överenskommen",
        Entry::AgreedDayBroken { .. } => "överenskommen dag bruten",
        Entry::Left { .. } => "slutat, enheten har den",
    }
}

// R4, R5, R13, R18, R19, R20, R21, R23: what may happen in which state, and what comes of it.
#[test]
fn every_event_in_every_state_has_an_answer() {
    let states = in_every_state();
    let heads: Vec<&str> = states.iter().map(|(name, _)| *name).collect();
    let mut table =
        format!("| Händelse | {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len() + 1));
    for (event, transition) in events() {
        let cells: Vec<String> = states.iter().map(|(_, c)| told(&transition(c.clone()))).collect();
        table += &format!("| {event} | {} |\n", cells.join(" | "));
    }
    insta::assert_snapshot!("life_of_a_callback", table);
}

// R4: posts come twice, buttons are pressed twice: the second time changes nothing.
#[test]
fn every_event_said_twice_says_nothing_the_second_time() {
    for (event, transition) in events() {
        for (name, callback) in in_every_state() {
            let Ok(first) = transition(callback) else { continue };
            match transition(first.callback.clone()) {
                Ok(second) => {
                    assert!(second.is_unchanged(), "{event}, {name}: {:?}", second.entries);
                    assert_eq!(second.callback, first.callback, "{event}, {name}");
                }
                Err(
                    Refusal::AlreadyResolved { .. }
                    | Refusal::Withdrawn { .. }
                    | Refusal::NotResolved
                    | Refusal::NotOffered,
                ) => {}
                Err(other) => panic!("{event}, {name}: {other}"),
            }
        }
    }
}

// R11, R13, R14: nothing that people do moves the last day, but an administrator's order.
#[test]
fn no_event_by_people_moves_the_last_day() {
    for (event, transition) in events() {
        for (name, callback) in in_every_state() {
            let promised = callback.due.clone();
            let Ok(decision) = transition(callback) else { continue };
            let may_move = decision.entries.iter().any(|e| {
                let by_the_pbx =
                    matches!(e, Entry::DueMoved { .. } | Entry::ContactWithdrawn { .. });
                by_the_pbx || matches!(e, Entry::CountedAnew { .. })
            });
            assert!(may_move || decision.callback.due == promised, "{event}, {name}");
        }
    }
}
