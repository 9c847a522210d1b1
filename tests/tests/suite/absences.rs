//! Absences that somebody else keeps: files of a staff system, shared calendars (R17).

mod calendars;
mod imports;
mod unreachable;

use aterkom_tests::World;

const TO_ASA: &str = "asa.oberg@exempelby.example";
const TO_JOHN: &str = "john.hill@exempelby.example";
const ADMINISTRATOR: &str = "it@exempelby.example";

/// Who is away around now, by name, each with its days and who stands in.
async fn away(world: &World) -> Vec<String> {
    let directory = world.directory().await;
    let name = |id| directory.employee(id).map_or("?", |e| e.name.as_str());
    let said = |a: &domain::directory::Absence| {
        let substitute = a.substitute.map(|id| format!(", {}", name(id))).unwrap_or_default();
        format!("{} {}/{}{substitute}", name(a.employee), a.from, a.to)
    };
    let mut all: Vec<String> = directory.absences().iter().map(said).collect();
    all.sort();
    all
}
