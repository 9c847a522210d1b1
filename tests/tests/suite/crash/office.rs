//! Many people, each with a line, and the posts of a PBX about calls to them.

use serde_json::{Value, json};

pub(super) const LINES: usize = 60;
pub(super) const UNITS: usize = 6;
const CALLERS: usize = 495;
const CALLS: usize = 2_500;
/// What is told of one call.
const KINDS: [&str; 4] = ["missed", "voicemail", "missed", "callback_request"];

/// One post.
#[derive(Debug, Clone)]
pub(super) struct Event {
    /// Its `webhook-id`, and the key of the fact it becomes.
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) call: String,
    pub(super) caller: String,
    line: usize,
}

impl Event {
    pub(super) fn data(&self) -> Value {
        json!({ "call_id": self.call, "from": self.caller, "extension": extension(self.line), "duration_s": 20 })
    }
}

/// A people file.
pub(super) fn people() -> String {
    let mut file = String::from(
        "type,name,unit,email,manager,reception,language,kind,employee,aliases\n\
         unit,Kommunen,,,,expeditionen@exempelby.example,,,,\n",
    );
    for unit in 0..UNITS {
        file += &format!("unit,Enhet {unit},Kommunen,,chef{unit}@exempelby.example,,,,,\n");
        file += &format!("employee,Chef {unit},Enhet {unit},chef{unit}@exempelby.example,,,,,,\n");
    }
    for line in 0..LINES {
        let (unit, address) = (line % UNITS, address(line));
        file += &format!("employee,Person {line},Enhet {unit},{address},,,,,,\n");
        let extension = extension(line);
        file +=
            &format!("line,Person {line},Enhet {unit},,,,,person,{address},vaxeln={extension}\n");
    }
    file
}

/// One missed call for each line, of callers who ring again in the run.
pub(super) fn seeds() -> Vec<Event> {
    (0..LINES).map(|n| event(format!("seed-{n}"), format!("seed-call-{n}"), n, "missed")).collect()
}

/// The posts of the run. Those about one call lie some way apart, as those of a PBX do.
pub(super) fn events() -> Vec<Event> {
    let of_kind = |(k, kind): (usize, &'static str)| {
        (0..CALLS).map(move |n| {
            let place = n * KINDS.len() + 16 * k;
            (place, event(format!("evt-{k}-{n}"), format!("call-{n}"), n % CALLERS, kind))
        })
    };
    let mut events: Vec<(usize, Event)> = KINDS.into_iter().enumerate().flat_map(of_kind).collect();
    events.sort_by_key(|(place, _)| *place);
    events.into_iter().map(|(_, event)| event).collect()
}

fn event(id: String, call: String, caller: usize, kind: &'static str) -> Event {
    Event { id, kind, call, caller: number(caller), line: caller % LINES }
}

/// A number that was never anybody's: of the series for books and films, those that are not in the people file.
fn number(caller: usize) -> String {
    let (series, n) = match caller {
        0..95 => (["+46701", "740"], caller + 605),
        95..195 => (["+46846", "500"], caller - 95 + 400),
        195..295 => (["+46406", "280"], caller - 195 + 400),
        295..395 => (["+46313", "900"], caller - 295 + 600),
        _ => (["+46980", "319"], caller - 395 + 200),
    };
    format!("{}{n}", series.concat())
}

fn extension(line: usize) -> String {
    format!("{}", 5_100 + line)
}

fn address(line: usize) -> String {
    format!("person{line}@exempelby.example")
}
