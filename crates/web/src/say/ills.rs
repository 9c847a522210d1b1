//! What is to be put right in the directory, in the administrator's words.

use super::Say;
use domain::health::Ill;

impl Say<'_> {
    /// What, where, and what to do.
    pub(crate) fn ill(&self, ill: Ill) -> String {
        let words = self.words;
        match ill {
            Ill::NoReception => words.say("health-no-reception"),
            Ill::NoUnits => words.say("health-no-units"),
            Ill::NoManager { unit } => words.with("health-no-manager", [("unit", unit.into())]),
            Ill::NoDesk { unit } => words.with("health-no-desk", [("unit", unit.into())]),
            Ill::ManagerLeft { unit, manager } => {
                let said = [("unit", unit.into()), ("manager", manager.into())];
                words.with("health-manager-left", said)
            }
            Ill::ManagerAway { unit, manager } => {
                let said = [("unit", unit.into()), ("manager", manager.into())];
                words.with("health-manager-away", said)
            }
            Ill::NoOwner { line } => words.with("health-no-owner", [("line", line.into())]),
            Ill::AliasTwice { line, other, alias, pbx } => words.with(
                "health-alias-twice",
                [
                    ("line", line.into()),
                    ("other", other.into()),
                    ("alias", alias.into()),
                    ("source", pbx.into()),
                ],
            ),
            Ill::NoMail { who, address } => {
                let said = [("who", who.into()), ("address", address.into())];
                words.with("health-no-mail", said)
            }
            Ill::SubstituteLoop { who, day } => {
                let said = [("who", who.join(" → ").into()), ("day", self.day(day).into())];
                words.with("health-substitute-loop", said)
            }
            Ill::NoVoicemail { who } => words.with("health-no-voicemail", [("who", who.into())]),
            Ill::NoVoicemailAnywhere => words.say("health-no-voicemail-anywhere"),
            Ill::UnknownAlias { pbx, alias, calls } => words.with(
                "health-unknown-alias",
                [("source", pbx.into()), ("alias", alias.into()), ("n", calls.into())],
            ),
        }
    }
}
