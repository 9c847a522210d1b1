//! The secret of a source is encrypted where there is a key, and moves to a new one (R34).

use super::*;
use crate::encryption::{dump, left_of, new_key, restart};
use aterkom_tests::on_both;
use store::rotation::{self, Left};

on_both! {
    async fn the_secret_of_a_source_is_encrypted_and_moves_to_a_new_key(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let base = world.base.clone();
        let secret = made(&mut admin, "ny").await;
        assert!(dump(world).contains(&secret), "without a key it lies there in clear, as the program says");
        let folder = world.folder.path().to_owned();
        new_key(&folder, "first");
        new_key(&folder, "second");
        restart(world, &["first"]).await;
        assert!(left_of(world).await.clear > 0);
        rotation::rotate(&world.app.store, |_| ()).await.expect("it rotates");
        world.app.store.sweep(true).await.expect("storage works");
        assert_eq!(left_of(world).await, Left::default());
        assert!(!dump(world).contains(&secret));
        restart(world, &["second", "first"]).await;
        assert!(left_of(world).await.older > 0);
        rotation::rotate(&world.app.store, |_| ()).await.expect("it rotates");
        restart(world, &["second"]).await;
        // The process that started without keys does not read any more; this one does.
        let name = domain::ids::SourceName::new("ny");
        let source = world.app.receiver.sources.get(&name, world.app.clock.now()).expect("it is there");
        assert_eq!(source.exposed_secrets().collect::<Vec<_>>(), [secret.as_str()]);
        assert_eq!(post(world, &base, "ny", "wrong-secret", "1").await, 401);
        world.forget_mails();
    }
}
