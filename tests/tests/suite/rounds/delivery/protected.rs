//! TLS and logins, with an authority that only we trust.

use super::*;
use aterkom_tests::on_both;
use aterkom_tests::smtp::{AUTHORITY, LOGIN, Protection, SmtpServer};

/// The world's mails go to this server, by TLS and with a login.
async fn protected(world: &mut World, protection: Protection, change: impl FnOnce(&mut Smtp)) {
    world.smtp = SmtpServer::protected(protection).await;
    world.app.notifier.channel = channel(world.smtp.port, |smtp| {
        smtp.security = match protection {
            Protection::Tls => Security::Tls,
            Protection::Starttls | Protection::None => Security::Starttls,
        };
        smtp.login = Some((LOGIN.0.to_owned(), LOGIN.1.into()));
        smtp.authority = Some(AUTHORITY.to_owned());
        change(smtp);
    });
}

/// Nothing is sent, nobody's login is heard in the clear, and all wait until the server is well again.
async fn waits(world: &mut World, mode: Mode, why: &str) {
    protected(world, Protection::Starttls, |_| {}).await;
    three_missed(world).await;
    world.smtp.turn(mode);
    let failure = world.app.notifier.channel.check().await.expect_err("it does not let us in");
    assert!(failure.to_string().contains(why), "{failure}");
    world.advance_to("2026-11-18 11:00").await;
    assert_eq!(digests(world, ["queued", "dead"]).await, [3, 0], "{mode:?}");
    assert!(world.smtp.taken().is_empty());
    nothing_was_said_in_clear(world);
    world.smtp.turn(Mode::Ok);
    world.advance_to("2026-11-18 11:06").await;
    assert_eq!(digests(world, ["queued", "sent"]).await, [0, 3], "{mode:?}");
    world.forget_mails();
}

fn nothing_was_said_in_clear(world: &World) {
    let clear = world.smtp.heard_in_clear();
    let may_be = |said: &String| said.starts_with("EHLO") || said == "STARTTLS" || said == "QUIT";
    assert!(clear.iter().all(may_be), "{clear:?}");
}

on_both! {
    async fn by_starttls_and_a_login_mail_is_sent_with_an_authority_of_ones_own(world at "2026-11-17 15:00") {
        protected(world, Protection::Starttls, |_| {}).await;
        three_missed(world).await;
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["sent"]).await, [3]);
        nothing_was_said_in_clear(world);
        world.forget_mails();
    }

    async fn by_tls_from_the_first_byte_mail_is_sent(world at "2026-11-17 15:00") {
        protected(world, Protection::Tls, |_| {}).await;
        three_missed(world).await;
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["sent"]).await, [3]);
        assert!(world.smtp.heard_in_clear().is_empty());
        world.forget_mails();
    }

    async fn a_certificate_of_nobody_we_trust_gets_nothing(world at "2026-11-17 15:00") {
        protected(world, Protection::Starttls, |smtp| smtp.authority = None).await;
        three_missed(world).await;
        let failure = world.app.notifier.channel.check().await.expect_err("nobody vouches for it");
        assert_eq!(failure.to_string(), "no TLS connection; check mail.security, the server's certificate and mail.ca_file");
        world.advance_to("2026-11-18 08:30").await;
        assert_eq!(digests(world, ["queued", "dead"]).await, [3, 0]);
        assert!(world.smtp.taken().is_empty());
        nothing_was_said_in_clear(world);
    }

    async fn a_refused_login_holds_everything_and_kills_nothing(world at "2026-11-17 15:00") {
        waits(world, Mode::NoAuth, "check mail.username and mail.password (535 5.7.8)").await;
    }

    async fn a_login_that_is_not_offered_holds_everything(world at "2026-11-17 15:00") {
        waits(world, Mode::AuthNotOffered, "offers no login that we know").await;
    }

    async fn nothing_is_sent_without_the_tls_that_is_required(world at "2026-11-17 15:00") {
        waits(world, Mode::NoTls, "offers no STARTTLS").await;
    }

    async fn what_is_slipped_in_before_tls_is_not_believed(world at "2026-11-17 15:00") {
        waits(world, Mode::Smuggle, "slipped in before TLS").await;
    }
}
