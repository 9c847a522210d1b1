//! What pages ask for, by a reader who has some of everything.

use crate::read_log::{self, Stamp};
use crate::seen::{self, Place};
use crate::{Store, StoreError, reports};
use chrono::{DateTime, Utc};
use domain::access::{Reader, Scope};
use domain::directory::{Directory, Employee, Language, Owner, Unit, Workdays};
use domain::ids::{AccountId, CallbackId, EmployeeId, UnitId};
use domain::rounds::Cut;
use uuid::Uuid;

const ADDRESS: &str = "a@exempelby.example";

pub(super) async fn reading(store: &Store, now: DateTime<Utc>, id: Uuid) -> Result<(), StoreError> {
    let directory = directory(id);
    let today = now.date_naive();
    let reader_at = |id, address, is_administrator| {
        Reader::of(AccountId(id), address, is_administrator, &directory, None, today)
    };
    let reader = reader_at(id, ADDRESS, true);
    let scope = Scope::of(&reader, &directory, today);
    let nobody = reader_at(Uuid::nil(), "b@exempelby.example", false);
    let tx = store.begin().await?;
    let seen = seen::get(&tx, &scope, CallbackId(id)).await?;
    tx.commit().await?;
    let stamp = Stamp { id, now, zone: chrono_tz::Tz::UTC };
    let ask = seen.ask(None).expect("no line of it is protected");
    let opened = read_log::open(store.begin().await?, &ask, stamp).await?;
    let none = Scope::of(&nobody, &directory, today);
    let stamp = Stamp { id: Uuid::max(), ..stamp };
    assert!(read_log::refuse(store.begin().await?, &none, seen.id, stamp).await?);
    let tx = store.begin().await?;
    let cuts = [
        Cut::Untried { from: Some(today), before: today },
        Cut::Untried { from: None, before: today },
        Cut::Tried { before: today },
        Cut::AgreedDayBroken,
        Cut::HandedOver,
        Cut::Of(vec![Owner::Organisation]),
    ];
    seen::count_concerns(&tx, &scope, &[UnitId(id)], &cuts).await?;
    let after = Place { due_at: Some(now), has_message: true, id: CallbackId(id) };
    for after in [None, Some(after), Some(Place { due_at: None, ..after })] {
        seen::list_mine(&tx, &scope, after, 10).await?;
        for cut in &cuts {
            seen::list_concern(&tx, &scope, (&[UnitId(id)], cut), after, 10).await?;
        }
    }
    seen::list_ended(&tx, &scope, now, 10).await?;
    seen::list_offered(&tx, &scope).await?;
    reports::own(&tx, &scope, now..now).await?;
    seen::list_sent(&tx, &scope).await?;
    seen::journal(&tx, &seen).await?;
    seen::newer(&tx, &seen).await?;
    seen::callers(&tx, &[&seen]).await?;
    seen::caller(&tx, &opened).await?;
    seen::texts(&tx, &opened).await?;
    let administrator = scope.administrator().expect("the reader looks after it");
    seen::events(&tx, &administrator, &[id]).await?;
    assert!(read_log::find(&tx, &seen, now).await?.is_some());
    assert_eq!(read_log::list_openers(&tx, &seen, 10).await?.len(), 1);
    for reference in [None, Some(seen.reference(chrono_tz::Tz::UTC).as_str())] {
        let lines = read_log::list(&tx, &administrator, reference, None, 10).await?;
        assert_eq!(lines.len(), 1, "the other has an id that no page comes to");
    }
    assert_eq!(read_log::erase(&tx, Uuid::max(), 10).await?, 1);
    tx.commit().await
}

fn directory(id: Uuid) -> Directory {
    let unit = Unit {
        id: UnitId(id),
        name: "Exempelby".to_owned(),
        parent: None,
        manager: Some(EmployeeId(id)),
        deputy: None,
        reception: None,
        mailbox: None,
        active: true,
    };
    let employee = Employee {
        id: EmployeeId(id),
        name: "Anna".to_owned(),
        email: ADDRESS.to_owned(),
        language: Language::Swedish,
        unit: unit.id,
        until: None,
        workdays: Workdays::default(),
        substitute: None,
        active: true,
    };
    Directory::new(Vec::from([unit]), Vec::from([employee]), Vec::new(), Vec::new())
}
