//! Who rang whom, who was away, who rang back: the story as a list.

use super::story::Days;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// A step of the story.
pub(super) struct Scene {
    pub(super) at: DateTime<Utc>,
    pub(super) text: &'static str,
    pub(super) what: What,
}

/// What happens in it.
pub(super) enum What {
    /// The PBX posts this event.
    Post(&'static str, Value),
    /// Somebody enters an absence, from that day of the story to that one.
    Away { who: &'static str, substitute: &'static str, from: usize, to: usize },
    /// Time has come.
    Nothing,
}

const LISA: &str = "+46701740605";
const OMAR: &str = "+46701740617";
const GUN: &str = "+46406280420";
const RUT: &str = "+46701740623";
const TEO: &str = "+46701740634";
const KIM: &str = "+46701740645";
const IVAN: &str = "+46701740656";
const SWITCHBOARD: &str = "+46980319200";
const GROUP: &str = "+46980319211";

pub(super) fn scenes(days: &Days) -> anyhow::Result<Vec<Scene>> {
    let scene = |day, hour, minute, text, what| -> anyhow::Result<Scene> {
        Ok(Scene { at: days.at(day, hour, minute)?, text, what })
    };
    let post = What::Post;
    let told = |day, hour, minute, text| scene(day, hour, minute, text, What::Nothing);
    Ok(Vec::from([
        scene(
            0,
            9,
            12,
            "Lisa rings Åsa Öberg at the building permits office. Nobody answers.",
            post(
                "missed",
                json!({ "call_id": "1", "from": LISA, "to": "+46980319232", "extension": "232" }),
            ),
        )?,
        scene(
            0,
            9,
            40,
            "Omar gets John Hill's voicemail, and leaves a message of 24 seconds.",
            post(
                "voicemail",
                json!({ "call_id": "2", "from": OMAR, "to": "+46980319233", "extension": "233", "duration_s": 24 }),
            ),
        )?,
        scene(
            0,
            10,
            5,
            "Gun rings the ring group. Åsa's phone rings in vain, but a colleague answers: nothing is owed.",
            post(
                "answered_inbound",
                json!({ "call_id": "3", "from": GUN, "to": GROUP, "extension": "234", "duration_s": 61 }),
            ),
        )?,
        scene(
            0,
            10,
            20,
            "Rut rings the switchboard, which puts her through to Amir Nouri in care for the elderly. He does not answer: it is his, not the switchboard's.",
            post(
                "missed",
                json!({ "call_id": "4", "from": RUT, "to": SWITCHBOARD, "extension": "242" }),
            ),
        )?,
        scene(
            0,
            13,
            20,
            "A caller who withheld the number leaves a message in the ring group's mailbox. It is the unit's.",
            post(
                "voicemail",
                json!({ "call_id": "5", "from": null, "to": GROUP, "duration_s": 15 }),
            ),
        )?,
        scene(
            0,
            15,
            30,
            "Åsa rings Lisa back, and they talk for two minutes. The PBX sees it; nobody has to tick anything off.",
            post(
                "answered_outbound",
                json!({ "call_id": "6", "from": "+46980319232", "to": "0701740605", "extension": "232", "duration_s": 124 }),
            ),
        )?,
        scene(
            0,
            16,
            10,
            "Sara Lind will be away for two days. Nadia Petrov answers for her meanwhile.",
            What::Away { who: "Sara Lind", substitute: "Nadia Petrov", from: 1, to: 2 },
        )?,
        told(1, 8, 15, "The morning digest: one mail to everybody who has somebody waiting.")?,
        scene(
            1,
            9,
            30,
            "Teo rings Sara Lind. She is away, so Nadia is told.",
            post(
                "missed",
                json!({ "call_id": "7", "from": TEO, "to": "+46980319241", "extension": "241" }),
            ),
        )?,
        scene(
            1,
            10,
            0,
            "Amir rings Rut back and gets no answer: an attempt. The promise is kept, the matter is not done.",
            post(
                "unanswered_outbound",
                json!({ "call_id": "8", "from": "+46980319242", "to": "0701740623", "extension": "242" }),
            ),
        )?,
        told(
            2,
            8,
            15,
            "The last day for Omar and for the caller without a number. They stand first.",
        )?,
        told(2, 8, 30, "The managers see what runs out today without an attempt.")?,
        scene(
            2,
            10,
            45,
            "Kim rings the switchboard and is put through to nobody. That is for the reception.",
            post("missed", json!({ "call_id": "9", "from": KIM, "to": SWITCHBOARD })),
        )?,
        told(2, 13, 0, "A nudge to those who have not tried yet.")?,
        scene(
            2,
            14,
            10,
            "Ivan leaves Åsa a message of 40 seconds.",
            post(
                "voicemail",
                json!({ "call_id": "10", "from": IVAN, "to": "+46980319232", "extension": "232", "duration_s": 40 }),
            ),
        )?,
        told(3, 8, 15, "John did not ring. The promise is broken, and his digest says so.")?,
        told(3, 8, 30, "It is on the manager's list, with the reason for the date.")?,
    ]))
}
