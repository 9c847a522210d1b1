//! Every page, and whoever opens it. The routes are those of the table of readers, so that a new page cannot be forgotten.

use super::matrix::routes;
use super::{ASA, GROUP, LISA, SVEN, TO_ASA, TO_JOHN, TO_MARIA, TO_PER, call};
use aterkom_tests::{Visitor, World};
use domain::directory::Owner;

const ADMIN: &str = "it@exempelby.example";
const RECEPTION: &str = "vaxel@exempelby.example";
const NOBODY: &str = "";

/// What answers `GET` and is no page: probes, files, and what leads on at once.
const NO_PAGES: [&str; 7] = [
    "/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/static/{name}",
    "/follow-up/csv",
    "/admin/people/file.csv",
];

/// Who opens a route, and what stands behind it in the address.
const OPENED: [(&str, &str, &str); 44] = [
    (NOBODY, "/sign-in", ""),
    (NOBODY, "/sign-in/sent", ""),
    (NOBODY, "/sign-in/{token}", ""),
    (NOBODY, "/signed-out", ""),
    (NOBODY, "/help", ""),
    (NOBODY, "/accessibility", ""),
    (TO_ASA, "/mine", ""),
    (TO_ASA, "/mine/figures", ""),
    (TO_ASA, "/callbacks/{id}", ""),
    (TO_ASA, "/settings", ""),
    (TO_ASA, "/note", ""),
    (TO_ASA, "/away", ""),
    (TO_ASA, "/help", ""),
    (TO_ASA, "/nothing", ""),
    (TO_JOHN, "/mine", ""),
    (TO_PER, "/unit", ""),
    (TO_PER, "/unit", "?show=late"),
    (TO_PER, "/unit", "?show=today"),
    (TO_PER, "/unit", "?show=not-reached"),
    (TO_PER, "/unit", "?show=waiting"),
    (TO_PER, "/unit", "?show=uncovered"),
    (TO_PER, "/unit", "?show=agreed"),
    (TO_PER, "/follow-up", ""),
    (TO_PER, "/follow-up", "?month=2026-11"),
    (TO_PER, "/callbacks/{id}", ""),
    (TO_MARIA, "/unit", ""),
    (TO_MARIA, "/mine", ""),
    (TO_MARIA, "/follow-up", ""),
    (RECEPTION, "/reception", ""),
    (RECEPTION, "/reception", "?q=asa"),
    (RECEPTION, "/mine", ""),
    (RECEPTION, "/note", ""),
    (ADMIN, "/admin", ""),
    (ADMIN, "/admin/set-up", ""),
    (ADMIN, "/admin/sources/{name}", ""),
    (ADMIN, "/admin/sources/new", ""),
    (ADMIN, "/admin/people", ""),
    (ADMIN, "/admin/people", "?unit={unit}"),
    (ADMIN, "/admin/people/file", ""),
    (ADMIN, "/admin/calendar", ""),
    (ADMIN, "/admin/policy", ""),
    (ADMIN, "/admin/mail", ""),
    (ADMIN, "/admin/retention", ""),
    (ADMIN, "/admin/read-log", ""),
];

/// A world in which each page has something to show, and who opens which address there, one reader after the other.
///
/// # Panics
/// When the product has a page that nobody opens here.
pub(crate) async fn every(world: &mut World) -> Vec<(&'static str, Vec<String>)> {
    let pages = || routes().into_iter().filter(|(method, _)| *method == "GET").map(|(_, p)| p);
    for path in pages() {
        let known = NO_PAGES.contains(&path) || OPENED.iter().any(|(_, opened, _)| *opened == path);
        assert!(known, "{path} is new: who opens it?");
    }
    world.with_administrator(ADMIN).await;
    world.post("voicemail", call("1", LISA, ASA)).await;
    world.post("voicemail", call("2", SVEN, GROUP)).await;
    world.advance_to("2026-11-19 10:00").await;
    world.enter_absence("Åsa Öberg", "2026-11-19", "2026-11-20", "John Hill").await;
    world.forget_mails();
    crate::sources::made(&mut Visitor::signed_in(world, ADMIN).await, "ny").await;
    let open = world.open().await;
    let of_asa = open.iter().find(|callback| matches!(callback.owner, Owner::Employee(_)));
    let id = of_asa.expect("Åsa was called").id.to_string();
    let directory = world.directory().await;
    let building = directory.units().iter().find(|unit| unit.name == "Bygglov");
    let unit = building.expect("it is there").id.to_string();
    let known = [("{id}", &*id), ("{unit}", &*unit), ("{name}", "vaxeln"), ("{token}", "x")];
    let address = |path: &str, asked: &str| {
        known.iter().fold(format!("{path}{asked}"), |address, (part, is)| address.replace(part, is))
    };
    let of_one = |part: &[(&'static str, &str, &str)]| {
        (part[0].0, part.iter().map(|(_, path, asked)| address(path, asked)).collect())
    };
    let mut all: Vec<(_, Vec<_>)> =
        OPENED.chunk_by(|one, other| one.0 == other.0).map(of_one).collect();
    // One that was made in the browser has more on its page than one of the configuration.
    all.last_mut().expect("somebody opens one").1.push("/admin/sources/ny".to_owned());
    all
}
