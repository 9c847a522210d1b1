use workalendar::Due;

use crate::{instant, sweden};

// R14
#[test]
fn a_due_date_is_stored_in_this_form_and_read_back() {
    let due = sweden().due(instant("2026-04-02T12:00:00Z"), 1).unwrap();
    let json = serde_json::to_value(&due).unwrap();
    let holiday = |day, name_sv, name_en| serde_json::json!({ "day": day, "why": { "holiday": { "name_sv": name_sv, "name_en": name_en } } });
    let expected = serde_json::json!({
        "received_on": "2026-04-02",
        "due_on": "2026-04-07",
        "due_at": "2026-04-07T15:00:00Z",
        "not_counted": [
            holiday("2026-04-03", "långfredagen", "Good Friday"),
            { "day": "2026-04-04", "why": "weekend" },
            holiday("2026-04-05", "påskdagen", "Easter Sunday"),
            holiday("2026-04-06", "annandag påsk", "Easter Monday"),
        ],
    });
    assert_eq!(json, expected);
    assert_eq!(serde_json::from_value::<Due>(json).unwrap(), due);
}
