//! What people read, and what was signed.

use super::{NO_MAILS, lines, month, printed, story::Story};
use aterkom::commands::report::Arguments;
use aterkom_tests::on_both;
use domain::calendars::UnitCalendars;
use domain::follow_up::{Group, Month, UnitReport, report};
use domain::ids::AccountId;
use store::signed_months::{self, SignedMonth};

const TOP: &str = "Exempelby kommun";

pub(super) fn assert_printed(name: &str, text: &str) {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

on_both! {
    // R32, R33: what was signed stays, whatever comes to light; what was too small to be shown is not kept either.
    async fn a_signed_month_is_printed_as_it_was(world at "2026-11-02 07:00" with NO_MAILS) {
        let mut story = Story::default();
        story.play(world, "2026-11-28 12:00").await;
        let of_november = Arguments::of(month("2026-11"));
        let csv = Arguments { csv: true, ..of_november };
        let before = printed(world, &csv).await;
        let november: Month = "2026-11".parse().expect("a month");
        let directory = world.directory().await;
        let calendars = (&*world.app.scheduler.calendar, &UnitCalendars::NONE);
        let units = report(&lines(world).await, &directory, calendars, world.today());
        let unit = directory.units().iter().find(|u| u.name == TOP).expect("a unit").id;
        let figures: UnitReport = units.into_iter().find(|u| u.unit == unit).expect("it is there");
        let sum = figures.with_below.as_ref().map(|sum| &sum.with);
        assert!(matches!(sum, Some(Group::Shown(_))), "{figures:?}");
        let signed = SignedMonth {
            month: november,
            figures,
            comment: "Sjuk personal i två veckor.".to_owned(),
            action: "En till i svarsgruppen.".to_owned(),
            by: AccountId(world.app.clock.new_id()),
            at: world.app.clock.now(),
        };
        let tx = world.app.store.begin().await.expect("storage works");
        assert!(signed_months::sign(&tx, &signed).await.expect("storage works"));
        let again = SignedMonth { comment: "En annan sak.".to_owned(), ..signed.clone() };
        assert!(!signed_months::sign(&tx, &again).await.expect("storage works"), "signed once");
        tx.commit().await.expect("storage works");
        story.play(world, "2026-12-04 12:00").await;
        let tx = world.app.store.read().await.expect("storage works");
        assert_eq!(signed_months::find(&tx, unit, november).await.expect("storage works"), Some(signed));
        assert_eq!(signed_months::find(&tx, unit, november.before()).await.expect("storage works"), None);
        tx.rollback().await.expect("storage works");
        let after = printed(world, &csv).await;
        let cells = |csv: &str| -> Vec<Vec<String>> {
            let rows = csv.lines().map(|row| row.split(',').map(str::to_owned).collect::<Vec<_>>());
            rows.filter(|row| row[2] == TOP).collect()
        };
        assert_eq!(cells(&before).len(), 4);
        for (before, after) in cells(&before).iter().zip(cells(&after)) {
            assert_eq!((before[5].as_str(), after[5].as_str()), ("", "2026-11-28"));
            assert_eq!(before[6..], after[6..]);
        }
        assert_ne!(before.lines().last(), after.lines().last(), "what was not signed goes on");
        let whole = printed(world, &Arguments::of(month("2026-11"))).await;
        assert!(whole.contains(", med enheterna under (undertecknat lördag 28 november 2026)\n"), "{whole}");
        world.forget_mails();
    }
}
