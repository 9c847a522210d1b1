//! The story: who rang, what was promised, who was reminded, what became late.

use super::mailbox::Mailbox;
use super::scenes::{What, scenes};
use crate::app::App;
use crate::pretend_pbx::PretendPbx;
use anyhow::{Context, ensure};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::absences::Origin;
use domain::callback::{Actor, Callback, State};
use domain::directory::Absence;
use domain::ids::AbsenceId;
use store::absences::Entered;
use store::{absences, callbacks, people};
use workalendar::{Language, WorkCalendar};

/// Four working days, the last of which began before now.
pub(super) struct Days {
    calendar: WorkCalendar,
    days: [NaiveDate; 4],
}

impl Days {
    fn until(now: DateTime<Utc>, calendar: &WorkCalendar) -> anyhow::Result<Self> {
        let today = calendar.local_date(now);
        let lists_are_out =
            calendar.at(today, time(8, 31))? <= now && calendar.is_working_day(today);
        let last = if lists_are_out { today } else { calendar.add_working_days(today, -1)? };
        let back = |n: i32| calendar.add_working_days(last, -n);
        Ok(Self { calendar: calendar.clone(), days: [back(3)?, back(2)?, back(1)?, last] })
    }

    pub(super) fn at(&self, day: usize, hour: u32, minute: u32) -> anyhow::Result<DateTime<Utc>> {
        Ok(self.calendar.at(self.days[day], time(hour, minute))?)
    }
}

/// Tells it, and gives the mailbox back with what was shown.
pub(super) async fn tell(
    app: &App,
    pbx: &PretendPbx,
    mut mailbox: Mailbox,
    now: DateTime<Utc>,
) -> anyhow::Result<Mailbox> {
    let days = Days::until(now, &app.scheduler.calendar)?;
    println!(
        "Återkom, played on the four working days up to now. Numbers and people are invented."
    );
    // The first morning's rounds find nothing to say.
    app.clock.set(days.at(0, 8, 0)?);
    let scenes = scenes(&days)?;
    let all = scenes.len();
    for (i, scene) in scenes.into_iter().enumerate() {
        app.advance_to(scene.at).await?;
        let local = scene.at.with_timezone(&days.calendar.zone());
        println!();
        println!("[{}/{all}] {} {}", i + 1, local.format("%a %-d %b %H:%M"), scene.text);
        match scene.what {
            What::Post(event, data) => {
                let status =
                    pbx.post(event, data).await.context("the demo's own server did not answer")?;
                ensure!(status == 200, "the demo's own server answered {status}");
                println!("  The PBX posts \"{event}\" and is answered {status}: it is on disk.");
            }
            What::Away { who, substitute, from, to } => {
                away(app, &days, (who, substitute), (from, to)).await?;
            }
            What::Nothing => {}
        }
        let before = open(app).await?;
        app.work_until_quiet().await?;
        tell_changes(&before, &open(app).await?, app);
        mailbox.show_new();
    }
    Ok(mailbox)
}

/// As somebody enters it on the page for absences.
async fn away(
    app: &App,
    days: &Days,
    (who, substitute): (&str, &str),
    (from, to): (usize, usize),
) -> anyhow::Result<()> {
    let at = app.clock.now();
    let tx = app.store.begin().await?;
    let directory = people::directory(&tx, app.scheduler.calendar.local_date(at)).await?;
    let employee = |name: &str| {
        let found = directory.employees().iter().find(|e| e.name == name);
        found.map(|e| e.id).with_context(|| format!("{name} does not work in the demo"))
    };
    let (employee, substitute) = (employee(who)?, employee(substitute)?);
    let (from, to) = (days.days[from], days.days[to]);
    let absence = Absence { employee, from, to, substitute: Some(substitute) };
    absence.check(&directory, app.scheduler.calendar.local_date(at), directory.absences())?;
    let id = AbsenceId(app.clock.new_id());
    let (by, origin) = (Actor::Employee(employee), Origin::Hand);
    absences::insert(&tx, &Entered { id, absence, by, at, origin }).await?;
    tx.commit().await?;
    Ok(())
}

async fn open(app: &App) -> anyhow::Result<Vec<Callback>> {
    let tx = app.store.read().await?;
    let owners = callbacks::list_owners(&tx).await?;
    let open = callbacks::list_open_of_owners(&tx, &owners).await?;
    // The directory is read along to see that it is there: no callback without somebody who answers for it.
    let today = app.scheduler.calendar.local_date(app.clock.now());
    ensure!(!people::directory(&tx, today).await?.units().is_empty(), "the demo has no units");
    tx.commit().await?;
    Ok(open)
}

fn tell_changes(before: &[Callback], after: &[Callback], app: &App) {
    let zone = app.scheduler.calendar.zone();
    for callback in after {
        let known = before.iter().find(|b| b.id == callback.id);
        match (known, callback.state) {
            (None, _) => {
                println!("  → Callback {} opens.", callback.reference(zone));
                if let Some(due) = &callback.due {
                    println!("    {}", due.explain(Language::English));
                }
            }
            (Some(b), State::Provisional { .. }) if b.state == State::Open => {
                println!(
                    "  → Callback {}: done according to the PBX. One click would undo it; final at the end of the next working day.",
                    callback.reference(zone)
                );
            }
            (Some(_), _) => {}
        }
    }
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day written here")
}
