//! Who waits for a server that fails, how long, and how many go through in a minute.

use super::*;
use crate::failure::Reason;
use crate::smtp::answer::{Answer, Status};

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
}

fn mail(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn away() -> Failure {
    Failure::OfServer("away".into())
}

fn put_off(subject: u16) -> Failure {
    let status = Some(Status { class: 4, subject, detail: 0 });
    Failure::Transient(Reason::answered("later", Answer { code: 451, status }))
}

fn until(second: i64) -> Share {
    Share::Everybodys { until: at(second) }
}

#[test]
fn a_server_that_is_away_is_tried_with_one_mail_after_growing_pauses() {
    let gate = Gate::new(0);
    assert_eq!((gate.free(at(0)), gate.free_at(at(0))), (usize::MAX, None));
    let mut now = 0;
    for pause in [15, 30, 60, 120, 300, 300, 300] {
        assert_eq!(gate.failed(mail(1), &away(), at(now)), until(now + pause));
        assert_eq!(gate.free(at(now + pause - 1)), 0);
        assert_eq!(gate.free_at(at(now + 1)), Some(at(now + pause)));
        assert_eq!(gate.pass(at(now + 1)), Err(at(now + pause)), "leased before it was found out");
        now += pause;
        assert_eq!((gate.free(at(now)), gate.free_at(at(now))), (1, None));
        assert_eq!(gate.pass(at(now)), Ok(()));
    }
    assert_eq!(gate.held_since(), Some(at(0)));
    gate.works(at(now));
    assert_eq!((gate.free(at(now)), gate.held_since()), (usize::MAX, None));
    assert_eq!(gate.failed(mail(1), &away(), at(now)), until(now + 15), "pauses begin anew");
}

#[test]
fn while_one_mail_tries_the_server_no_other_does() {
    let gate = Gate::new(0);
    gate.failed(mail(1), &away(), at(0));
    assert_eq!(gate.pass(at(15)), Ok(()));
    assert_eq!((gate.free(at(16)), gate.pass(at(16))), (0, Err(at(31))));
    assert_eq!(gate.failed(mail(1), &away(), at(20)), until(50));
    assert_eq!((gate.free(at(49)), gate.free(at(50))), (0, 1));
    // Of one that broke nothing is ever heard.
    assert_eq!(gate.pass(at(50)), Ok(()));
    assert_eq!((gate.free(at(50 + 359)), gate.free(at(50 + 360))), (0, 1));
}

#[test]
fn mails_that_were_under_way_when_it_failed_make_no_pause_longer() {
    let gate = Gate::new(0);
    for n in 0..10 {
        assert_eq!(gate.failed(mail(n), &away(), at(0)), until(15));
    }
    assert_eq!(gate.failed(mail(1), &away(), at(15)), until(45));
}

// One mail that the server never bears must hold up nobody.
#[test]
fn one_mail_that_is_put_off_again_and_again_is_its_own_matter() {
    let gate = Gate::new(0);
    for n in 0..20 {
        assert_eq!(gate.failed(mail(1), &put_off(3), at(n)), Share::Its);
    }
    assert_eq!(gate.free(at(20)), usize::MAX);
}

#[test]
fn three_mails_put_off_in_a_row_for_trouble_of_the_server_are_its_matter() {
    let gate = Gate::new(0);
    assert_eq!(gate.failed(mail(1), &put_off(3), at(0)), Share::Its);
    assert_eq!(gate.failed(mail(2), &put_off(3), at(0)), Share::Its);
    gate.works(at(0));
    assert_eq!(gate.failed(mail(3), &put_off(3), at(0)), Share::Its, "one was sent between");
    assert_eq!(gate.failed(mail(4), &put_off(3), at(0)), Share::Its);
    assert_eq!(gate.failed(mail(5), &put_off(3), at(0)), until(15));
    assert_eq!(gate.failed(mail(1), &put_off(3), at(15)), until(45), "and whoever tries it then");
}

// X.1.X, X.2.X and X.7.X speak of one recipient: the server works.
#[test]
fn what_is_said_of_a_recipient_shows_that_the_server_works() {
    for subject in [1, 2, 7] {
        let gate = Gate::new(0);
        gate.failed(mail(9), &away(), at(0));
        for n in 0..10 {
            assert_eq!(gate.failed(mail(n), &put_off(subject), at(15)), Share::Its, "{subject}");
        }
        assert_eq!(gate.held_since(), None);
    }
    let gate = Gate::new(0);
    gate.failed(mail(9), &away(), at(0));
    assert_eq!(gate.failed(mail(1), &Failure::Permanent("no".into()), at(15)), Share::Its);
    assert_eq!(gate.held_since(), None);
}

#[test]
fn no_more_go_through_in_any_minute_than_allowed() {
    let gate = Gate::new(3);
    for second in [0, 10, 20] {
        assert!(gate.free(at(second)) > 0);
        assert_eq!(gate.pass(at(second)), Ok(()));
    }
    assert_eq!((gate.free(at(59)), gate.free_at(at(59))), (0, Some(at(60))));
    assert_eq!(gate.pass(at(59)), Err(at(60)), "leased before the limit was reached");
    assert_eq!((gate.free(at(60)), gate.free_at(at(60))), (1, None));
    assert_eq!(gate.pass(at(60)), Ok(()));
    assert_eq!((gate.free(at(65)), gate.free_at(at(65))), (0, Some(at(70))));
    // A clock that is set back opens it, rather than shutting it for long.
    assert_eq!(gate.free(at(-1_000)), 3);
}
