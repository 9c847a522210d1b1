//! Everybody who may ask, and one callback of each kind.

use super::Office;
use aterkom_tests::World;
use aterkom_tests::world::PEOPLE;
use domain::callback::{Callback, Disposition};
use domain::decision::Decision;
use domain::directory::Owner;
use domain::transitions::Rules;
use serde_json::json;
use std::collections::BTreeMap;
use store::callbacks;

pub(super) const TOWN_DESK: &str = "vaxel@exempelby.example";
const ASA: &str = "asa.oberg@exempelby.example";
const EVA: &str = "eva.sund@exempelby.example";
const IDA: &str = "ida.berg@exempelby.example";
const OMAR: &str = "omar.falk@exempelby.example";
const AMIR: &str = "amir.nouri@exempelby.example";
const LENA: &str = "lena.gran@exempelby.example";
const JOHN: &str = "john.hill@exempelby.example";
const PER: &str = "per.alm@exempelby.example";
const MARIA: &str = "maria.ek@exempelby.example";
const SARA: &str = "sara.lind@exempelby.example";
const DESK: &str = "expeditionen@exempelby.example";
const CARE_DESK: &str = "aldreomsorg@exempelby.example";
const BUILDING_MAILBOX: &str = "bygglov@exempelby.example";

const BUILDING: &str = "Bygglov";
const CARE: &str = "Äldreomsorg";
const TOWN: &str = "Exempelby kommun";

/// Somebody who signs in, and what everybody in the office knows of them.
pub(super) struct Role {
    pub(super) swedish: &'static str,
    pub(super) english: &'static str,
    pub(super) address: &'static str,
    /// The unit that they work in; none for a mailbox, and for who has left.
    pub(super) works_in: Option<&'static str>,
    /// The units that they manage, or are above.
    pub(super) manages: &'static [&'static str],
    pub(super) administrator: bool,
}

pub(super) const READERS: [Role; 15] = [
    role("ägaren", "the owner", ASA).works_in(BUILDING),
    role("den som är borta", "who is away", EVA).works_in(BUILDING),
    role("borta utan ersättare", "away without a substitute", IDA).works_in(BUILDING),
    role("ersättaren", "the substitute", OMAR).works_in(BUILDING),
    role("kollega på enheten", "a colleague of the unit", JOHN).works_in(BUILDING),
    role("chefen", "the manager", PER).works_in(BUILDING).manages(&[BUILDING]),
    role("chefen ovanför", "the manager above", MARIA)
        .works_in(TOWN)
        .manages(&[TOWN, BUILDING, CARE]),
    role("chef för en annan enhet", "the manager of another unit", SARA)
        .works_in(CARE)
        .manages(&[CARE]),
    role("medarbetare på en annan enhet", "an employee of another unit", AMIR).works_in(CARE),
    role("enhetens funktionsbrevlåda", "the unit's function mailbox", BUILDING_MAILBOX),
    role("expeditionen", "the reception", DESK),
    role("en annan enhets expedition", "the reception of another unit", CARE_DESK),
    role("organisationens expedition", "the organisation's reception", TOWN_DESK),
    Role {
        administrator: true,
        ..role("administratören", "the administrator", "drift@exempelby.example")
    },
    role("den som har slutat", "who has left", LENA),
];

const fn role(swedish: &'static str, english: &'static str, address: &'static str) -> Role {
    Role { swedish, english, address, works_in: None, manages: &[], administrator: false }
}

impl Role {
    const fn works_in(self, unit: &'static str) -> Self {
        Self { works_in: Some(unit), ..self }
    }

    const fn manages(self, manages: &'static [&'static str]) -> Self {
        Self { manages, ..self }
    }
}

/// One callback, and what everybody in the office knows of it.
pub(super) struct Promise {
    pub(super) key: &'static str,
    pub(super) swedish: &'static str,
    pub(super) english: &'static str,
    number: &'static str,
    /// The employee whose it is.
    pub(super) owner: Option<&'static str>,
    /// Who stands in for the owner.
    pub(super) substitute: Option<&'static str>,
    /// The unit whose own it is.
    pub(super) of_unit: Option<&'static str>,
    /// The mailbox in whose queue it is, or that covers it.
    pub(super) desk: Option<&'static str>,
    /// The unit whose managers look after it.
    pub(super) unit: &'static str,
    pub(super) offered_to: Option<&'static str>,
    pub(super) protected: bool,
    pub(super) ended: bool,
}

pub(super) const PROMISES: [Promise; 12] = [
    promise("A", "ägarens egen", "the owner's own", "+46980319232").of(ASA),
    promise("B", "ägarens, på skyddat nummer", "the owner's, on a protected line", "+46980319239")
        .of(ASA)
        .on_a_protected_line(),
    Promise {
        ended: true,
        ..promise("C", "ägarens, avslutad", "the owner's, ended", "+46980319232").of(ASA)
    },
    promise(
        "D",
        "hos den som är borta, med ersättare",
        "of who is away, with a substitute",
        "+46980319234",
    )
    .of(EVA)
    .covered_by(OMAR),
    promise(
        "E",
        "hos den som är borta, utan ersättare",
        "of who is away, without a substitute",
        "+46980319235",
    )
    .of(IDA)
    .in_the_queue_of(DESK),
    promise("F", "hos den som har slutat", "of who has left", "+46980319236").in_the_queue_of(DESK),
    promise("G", "enhetens egen", "the unit's own", "+46980319211")
        .of_unit(BUILDING)
        .in_the_queue_of(BUILDING_MAILBOX),
    promise(
        "H",
        "enhetens egen, på skyddat nummer",
        "the unit's own, on a protected line",
        "+46980319212",
    )
    .of_unit(BUILDING)
    .in_the_queue_of(BUILDING_MAILBOX)
    .on_a_protected_line(),
    promise("I", "en annan enhets egen", "another unit's own", "+46980319220")
        .of_unit(CARE)
        .in_the_queue_of(CARE_DESK),
    Promise {
        unit: CARE,
        ..promise(
            "J",
            "någon annans på en annan enhet",
            "somebody else's in another unit",
            "+46980319241",
        )
        .of(AMIR)
    },
    Promise {
        unit: CARE,
        offered_to: Some(ASA),
        ..promise("K", "samma, erbjuden ägaren", "the same, offered to the owner", "+46980319241")
            .of(AMIR)
    },
    promise("L", "till ett okänt nummer", "to an unknown number", "+46980319299")
        .of_unit(TOWN)
        .in_the_queue_of(TOWN_DESK),
];

const fn promise(
    key: &'static str,
    swedish: &'static str,
    english: &'static str,
    number: &'static str,
) -> Promise {
    Promise {
        key,
        swedish,
        english,
        number,
        owner: None,
        substitute: None,
        of_unit: None,
        desk: None,
        unit: BUILDING,
        offered_to: None,
        protected: false,
        ended: false,
    }
}

impl Promise {
    const fn of(self, owner: &'static str) -> Self {
        Self { owner: Some(owner), ..self }
    }

    const fn covered_by(self, substitute: &'static str) -> Self {
        Self { substitute: Some(substitute), ..self }
    }

    const fn of_unit(self, unit: &'static str) -> Self {
        Self { of_unit: Some(unit), unit, ..self }
    }

    const fn in_the_queue_of(self, desk: &'static str) -> Self {
        Self { desk: Some(desk), ..self }
    }

    const fn on_a_protected_line(self) -> Self {
        Self { protected: true, ..self }
    }
}

/// The world's people and a few more, with the column for protected lines.
fn people(lena: &str) -> String {
    let more = format!(
        "employee,Eva Sund,Bygglov,{EVA},,,,,,\n\
        employee,Ida Berg,Bygglov,{IDA},,,,,,\n\
        employee,Omar Falk,Bygglov,{OMAR},,,,,,\n\
        {lena}\
        line,Eva Sund,Bygglov,,,,,person,{EVA},0980-319 234\n\
        line,Ida Berg,Bygglov,,,,,person,{IDA},0980-319 235\n"
    );
    let protected = format!(
        "line,Åsa skyddad,Bygglov,,,,,person,{ASA},0980-319 239,yes\n\
        line,Bygglov skyddad,Bygglov,,,,,group,,0980-319 212,ja\n"
    );
    let wide = |line: &str| match line {
        comment if comment.starts_with('#') => String::new(),
        header if header.starts_with("type,") => format!("{header},protected\n"),
        row => format!("{row},\n"),
    };
    let rows: String = PEOPLE.lines().chain(more.lines()).map(wide).collect();
    format!("{rows}{protected}")
}

/// Everybody works there, one is gone, two are away, and each kind of callback is there once.
pub(super) async fn filled(world: &mut World) -> Office {
    let lena = format!(
        "employee,Lena Gran,Bygglov,{LENA},,,,,,\n\
        line,Lena Gran,Bygglov,,,,,person,{LENA},0980-319 236\n"
    );
    world.import(&people(&lena)).await;
    let mut callbacks = BTreeMap::new();
    for (n, promise) in PROMISES.iter().enumerate() {
        let caller = format!("+467017406{:02}", n + 5);
        let data = json!({
            "call_id": promise.key, "from": caller, "to": promise.number, "duration_s": 20,
            "caller_name": "Zelmira Quist", "recording_url": "https://pbx.example/rec/1",
        });
        let before = world.open().await;
        world.post("voicemail", data).await;
        let is_new = |callback: &Callback| before.iter().all(|known| known.id != callback.id);
        let new = world.open().await.into_iter().find(is_new);
        callbacks.insert(promise.key, new.expect("a message opens a callback").id);
    }
    world.import(&people("")).await;
    world.enter_absence("Eva Sund", "2026-11-17", "2026-11-18", "Omar Falk").await;
    world.enter_absence("Ida Berg", "2026-11-17", "2026-11-18", "").await;
    let directory = world.directory().await;
    let employee = |address: &str| directory.employee_at(address).expect("works here");
    let (asa, amir) = (employee(ASA), employee(AMIR));
    let now = world.app.clock.now();
    decide(world, world.callback(callbacks["K"]).await, |callback, rules| {
        callback.offer(Owner::Employee(asa.id), Some(asa.unit), amir.id, rules, now)
    })
    .await;
    decide(world, world.callback(callbacks["C"]).await, |callback, rules| {
        callback.resolve(asa.id, Disposition::Reached, rules, now)
    })
    .await;
    let mut found = BTreeMap::new();
    for (key, id) in callbacks {
        found.insert(key, world.callback(id).await);
    }
    Office { directory, today: world.today(), callbacks: found }
}

async fn decide<E: std::fmt::Debug>(
    world: &World,
    callback: Callback,
    decide: impl FnOnce(Callback, Rules<'_>) -> Result<Decision, E>,
) {
    let (policy, calendar) = (&*world.app.scheduler.policy, &*world.app.scheduler.calendar);
    let decision = decide(callback, Rules::new(policy, calendar)).expect("it is open");
    let tx = world.app.store.begin().await.expect("storage works");
    callbacks::apply(&tx, &decision).await.expect("storage works");
    tx.commit().await.expect("storage works");
}
