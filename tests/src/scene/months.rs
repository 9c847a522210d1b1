//! Half a year before the pictured week, so that follow-up has something to follow: it begins badly, and gets better.

use crate::World;
use crate::world::instant;
use chrono::{DateTime, Months, TimeDelta, Utc};
use domain::callback::{Callback, Contact, ContactKind, Disposition, How};
use domain::directory::Owner;
use domain::fact::{MessageKind, Why};
use domain::ids::{CallId, CallbackId, EmployeeId, UnitId};
use domain::transitions::{Opening, Rules};
use store::{StoreError, Tx, callbacks};

const FIRST: &str = "2026-06-01 08:40";
/// How many came in each month, and how many of ten were called too late.
const CAME_IN: [(usize, usize); 6] = [(34, 5), (19, 4), (27, 4), (41, 2), (38, 2), (44, 1)];
/// Working days until somebody called, of those that were in time and of those that were not.
const IN_TIME: [i32; 5] = [0, 1, 1, 2, 0];
const TOO_LATE: [i32; 4] = [3, 4, 3, 8];

/// Some to the unit's group, some to this employee; all of them ended.
pub(super) async fn pass(world: &World, unit: UnitId, by: EmployeeId) -> Result<(), StoreError> {
    let calendar = &world.app.scheduler.calendar;
    let tx = world.app.store.begin().await?;
    let first = calendar.local_date(instant(FIRST));
    let at_hour = instant(FIRST) - calendar.at(first, chrono::NaiveTime::MIN).expect("a day");
    for (month, (n, late_of_ten)) in (0..).zip(CAME_IN) {
        let begins = first.checked_add_months(Months::new(month)).expect("this century");
        let before = begins.pred_opt().expect("this century");
        for which in 0..n {
            // Twenty working days are in every month.
            let day_of_month = i32::try_from(1 + which * 20 / n).expect("few");
            let day = calendar.add_working_days(before, day_of_month).expect("this century");
            let waits = if which * 7 % 10 < late_of_ten {
                TOO_LATE[which % TOO_LATE.len()]
            } else {
                IN_TIME[which % IN_TIME.len()]
            };
            let called = calendar.add_working_days(day, waits).expect("this century");
            let midnight = |day| calendar.at(day, chrono::NaiveTime::MIN).expect("a day");
            let came = midnight(day) + at_hour + TimeDelta::minutes(7 * (which % 20) as i64);
            let owner = if which % 2 == 0 { Owner::Unit(unit) } else { Owner::Employee(by) };
            one(world, &tx, (owner, unit, by), came, midnight(called) + TimeDelta::hours(15))
                .await?;
        }
    }
    tx.commit().await
}

/// Two of three left a message; one of four was tried in vain as soon as they had rung.
async fn one(
    world: &World,
    tx: &Tx,
    (owner, unit, by): (Owner, UnitId, EmployeeId),
    came: DateTime<Utc>,
    reached: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rules = Rules::new(&world.app.scheduler.policy, &world.app.scheduler.calendar);
    let minute = came.timestamp() / 60;
    let kind = if minute % 3 == 0 {
        ContactKind::Missed { why: Why::NoAnswer }
    } else {
        ContactKind::Message { message: MessageKind::Voicemail, length_ms: Some(30_000) }
    };
    let call = CallId(world.app.clock.new_id());
    let contact = Contact {
        call,
        at: came,
        at_marked: false,
        line: None,
        kind,
        promised: true,
        withdrawn: false,
    };
    let opening = Opening {
        id: CallbackId(world.app.clock.new_id()),
        caller: None,
        owner,
        unit: Some(unit),
        contact,
        previous: None,
        may_be_joined: false,
    };
    let opened = Callback::open(opening, rules, came).expect("a last day in this century");
    let id = opened.callback.id;
    callbacks::apply(tx, &opened).await?;
    if minute % 4 == 0 {
        let callback = callbacks::get(tx, id).await?;
        let tried = callback.attempt(by, How::Phone, came + TimeDelta::hours(1));
        callbacks::apply(tx, &tried.expect("it is open")).await?;
    }
    let callback = callbacks::get(tx, id).await?;
    let ended = callback.resolve(by, Disposition::Reached, rules, reached).expect("it is open");
    callbacks::apply(tx, &ended).await
}
