//! `aterkom report` (R31–R33): it counts what the journal tells, shows no small group, and freezes what was signed.

mod looked_at;
pub(crate) mod naive;
mod page;
mod printed;
mod rebuilt;
mod story;

use aterkom::commands::report::Arguments;
use aterkom_tests::{World, on_both};
use domain::follow_up::{Followed, Period};
use naive::{Heard, Naive};
use store::follow_up::{self, Rebuilt};
use story::Story;

/// Rounds at an hour at which nothing happens here.
const NO_MAILS: &str = r#"
[rounds]
window_from = "23:55"
window_until = "23:58"
digest = "23:56"
digest_until = "23:57"
nudge = "23:56"
nudge_until = "23:57"
manager_list = "23:56"
manager_list_until = "23:57"
"#;

async fn printed(world: &World, arguments: &Arguments) -> String {
    let (app, config) = (&world.app, &world.config);
    arguments.tell(&app.store, config, app.clock.now()).await.expect("a report")
}

pub(crate) fn month(text: &str) -> Period {
    Period::Month(text.parse().expect("a month"))
}

/// Every line there is, in the order of ids.
async fn lines(world: &World) -> Vec<Followed> {
    let tx = world.app.store.read().await.expect("storage works");
    let long = aterkom_tests::world::instant("2026-01-01 00:00")
        ..aterkom_tests::world::instant("2028-01-01 00:00");
    let mut lines = follow_up::list(&tx, long).await.expect("storage works");
    tx.rollback().await.expect("storage works");
    lines.sort_by_key(|line| line.callback);
    lines
}

/// What is printed is what the journal tells, cell by cell.
pub(crate) async fn assert_counted_right(world: &World, heard: &Heard, periods: &[Period]) {
    let naive = Naive::of(world, heard).await;
    for period in periods.iter().copied() {
        if period.first() > world.today() {
            continue;
        }
        let csv = printed(world, &Arguments { csv: true, ..Arguments::of(period) }).await;
        let mut rows = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let head = rows.next().expect("a head");
        let mut units = Vec::new();
        for row in rows {
            assert_eq!(row.len(), head.len(), "{row:?}");
            let [unit, scope, message] = [row[2], row[3], row[4]];
            let expected = naive.row(period, unit, scope, message);
            for (column, cell) in head.iter().zip(&row).skip(6) {
                let at = format!(
                    "{column} of {unit}, {scope}, {message}, {period} on {}",
                    world.today()
                );
                assert_eq!(*cell, expected.get(column).map_or("", String::as_str), "{at}: {csv}");
            }
            units.push((unit.to_owned(), scope.to_owned()));
        }
        units.dedup();
        let expected = [
            ("Exempelby kommun", "own"),
            ("Exempelby kommun", "with_below"),
            ("Bygglov", "own"),
            ("Äldreomsorg", "own"),
        ];
        assert_eq!(units, expected.map(|(unit, scope)| (unit.to_owned(), scope.to_owned())));
    }
}

on_both! {
    // R31, R32: some months of calls, call-backs, endings by hand and undone, late facts, weekends and Christmas.
    async fn a_report_equals_a_naive_count_of_the_journal(world at "2026-11-02 07:00" with NO_MAILS) {
        let mut story = Story::default();
        for until in ["2026-11-23 07:00", "2026-12-02 23:30", "2026-12-27 12:00", "2027-01-31 12:00"] {
            story.play(world, until).await;
            let periods = [month("2026-11"), month("2026-12"), Period::Year(2026), month("2027-01")];
            assert_counted_right(world, &story.heard, &periods).await;
        }
        let written = lines(world).await;
        assert!(written.len() > 100, "only {} callbacks", written.len());
        // What the decisions wrote one by one is what is made of the callbacks as they now are.
        let tx = world.app.store.begin().await.expect("storage works");
        follow_up::begin_again(&tx).await.expect("storage works");
        let made = follow_up::rebuild_some(&tx).await.expect("storage works");
        tx.commit().await.expect("storage works");
        assert_eq!(made, Rebuilt::All(written.len()));
        assert_eq!(lines(world).await, written);
        let year = Arguments::of(Period::Year(2026));
        printed::assert_printed("report_sv", &printed(world, &year).await);
        let english = Arguments { lang: "en".to_owned(), ..year };
        printed::assert_printed("report_en", &printed(world, &english).await);
        let csv = Arguments { csv: true, ..Arguments::of(month("2026-12")) };
        printed::assert_printed("report_csv", &printed(world, &csv).await);
        world.forget_mails();
    }
}
