//! The story: who rang, what was promised, who was reminded, what became late.

use super::mailbox::Mailbox;
use crate::app::App;
use crate::pretend_pbx::PretendPbx;
use anyhow::{Context, ensure};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::callback::{Callback, State};
use serde_json::json;
use store::{callbacks, people};
use workalendar::{Language, WorkCalendar};

/// Four working days, the last of which began before now.
struct Days {
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

    fn at(&self, day: usize, hour: u32, minute: u32) -> anyhow::Result<DateTime<Utc>> {
        Ok(self.calendar.at(self.days[day], time(hour, minute))?)
    }
}

/// A step of the story.
struct Scene<'a> {
    at: DateTime<Utc>,
    text: &'a str,
    post: Option<(&'a str, serde_json::Value)>,
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
        if let Some((event, data)) = scene.post {
            let status =
                pbx.post(event, data).await.context("the demo's own server did not answer")?;
            ensure!(status == 200, "the demo's own server answered {status}");
            println!("  The PBX posts \"{event}\" and is answered {status}: it is on disk.");
        }
        let before = open(app).await?;
        app.work_until_quiet().await?;
        tell_changes(&before, &open(app).await?, app);
        mailbox.show_new();
    }
    Ok(mailbox)
}

fn scenes(days: &Days) -> anyhow::Result<Vec<Scene<'static>>> {
    let (lisa, omar, hospital) = ("+46701740605", "+46701740617", "+46406280420");
    Ok(Vec::from([
        Scene {
            at: days.at(0, 10, 12)?,
            text: "Lisa rings Åsa Öberg at the building permits office. Nobody answers.",
            post: Some((
                "missed",
                json!({ "call_id": "1", "from": lisa, "to": "+46980319232", "extension": "232" }),
            )),
        },
        Scene {
            at: days.at(0, 10, 40)?,
            text: "Omar gets John Hill's voicemail, and leaves a message of 24 seconds.",
            post: Some((
                "voicemail",
                json!({ "call_id": "2", "from": omar, "to": "+46980319233", "extension": "233", "duration_s": 24 }),
            )),
        },
        Scene {
            at: days.at(0, 11, 5)?,
            text: "Somebody rings the group. Åsa's phone rings in vain, but a colleague answers: nothing is owed.",
            post: Some((
                "answered_inbound",
                json!({ "call_id": "3", "from": hospital, "to": "+46980319211", "duration_s": 61 }),
            )),
        },
        Scene {
            at: days.at(0, 13, 20)?,
            text: "A caller who withheld the number leaves a message in the group's mailbox.",
            post: Some((
                "voicemail",
                json!({ "call_id": "4", "from": null, "to": "+46980319211", "duration_s": 15 }),
            )),
        },
        Scene {
            at: days.at(0, 15, 30)?,
            text: "Åsa rings Lisa back, and they talk for two minutes. The PBX sees it; nobody has to tick anything off.",
            post: Some((
                "answered_outbound",
                json!({ "call_id": "5", "from": "+46980319232", "to": "0701740605", "extension": "232", "duration_s": 124 }),
            )),
        },
        Scene {
            at: days.at(1, 8, 15)?,
            text: "The morning digest: one mail to everybody who has somebody waiting.",
            post: None,
        },
        Scene {
            at: days.at(2, 8, 15)?,
            text: "The last day for Omar. John is reminded again.",
            post: None,
        },
        Scene {
            at: days.at(2, 8, 30)?,
            text: "The manager sees what runs out today without an attempt.",
            post: None,
        },
        Scene {
            at: days.at(3, 8, 15)?,
            text: "John did not ring. The promise is broken, and his digest says so.",
            post: None,
        },
        Scene { at: days.at(3, 8, 30)?, text: "It is on the manager's list.", post: None },
    ]))
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
