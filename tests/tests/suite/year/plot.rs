//! What happens in the year: who rings, who is away, what is done by hand. Everybody and every number is invented.

use domain::callback::Disposition;

/// Who rings: name, number.
pub(super) const CALLERS: [(&str, &str); 6] = [
    ("Zelmira", "+46701740605"),
    ("Quirin", "+46701740606"),
    ("Xanthippa", "+46701740607"),
    ("Wolmar", "+46701740608"),
    ("Yrsa-Stina", "+46701740609"),
    ("Theofil", "+46701740610"),
];

/// Our telephones: name, number, the unit whose callbacks it makes when the year begins.
pub(super) const PHONES: [(&str, &str, &str); 6] = [
    ("Per Alm", "+46980319231", "Bygglov"),
    ("Åsa Öberg", "+46980319232", "Bygglov"),
    ("John Hill", "+46980319233", "Bygglov"),
    ("Bygglov svarsgrupp", "+46980319211", "Bygglov"),
    ("Amir Nouri", "+46980319241", "Äldreomsorg"),
    ("Äldreomsorg kö", "+46980319220", "Äldreomsorg"),
];

/// One thing that happens. Callers and telephones by name; a callback is the latest of its caller.
#[derive(Debug, Clone, Copy)]
pub(super) enum Act {
    /// A caller leaves a message there.
    Message(&'static str, &'static str),
    /// A caller rings there and nobody answers.
    Missed(&'static str, &'static str),
    /// From this telephone that caller is rung, and they talk for so many seconds; 0: nobody answers.
    Back(&'static str, &'static str, u32),
    /// Somebody says that the callback of that caller ended so.
    Done(&'static str, &'static str, Disposition),
    /// Somebody takes the end back.
    Undo(&'static str, &'static str),
    /// Somebody has spoken with the caller and agreed on that day.
    Agree(&'static str, &'static str, &'static str),
    /// A manager: "Jag tar den".
    Take(&'static str, &'static str),
    /// Somebody hands the caller's callback over to an employee.
    Offer(&'static str, &'static str, &'static str),
    Accept(&'static str, &'static str),
    /// Away from, to; who stands in, if anybody.
    Away(&'static str, &'static str, &'static str, &'static str),
    /// The people file is another one from now on: each text takes the place of the other.
    People(Changes),
    /// The service stops. What the PBX could not post is posted when it is back.
    Down,
    Up,
    /// Time passes.
    Look,
}

use Act::{
    Accept, Agree, Away, Back, Done, Down, Look, Message, Missed, Offer, People, Take, Undo, Up,
};

/// A text of the people file, and what takes its place.
type Changes = &'static [(&'static str, &'static str)];

/// John's number is Åsa's.
const JOHNS_NUMBER: (&str, &str) = (
    "person,john.hill@exempelby.example,0980-319 233",
    "person,asa.oberg@exempelby.example,0980-319 233",
);
const MAY: Changes = &[JOHNS_NUMBER];

/// Per has left; Åsa manages the unit, and John is her deputy.
const NOBODYS_PER: (&str, &str) =
    ("employee,Per Alm,Bygglov,per.alm@exempelby.example,,,,,,\n", "");
const HEAD: (&str, &str) = ("employee,aliases\n", "employee,aliases,deputy,workdays\n");
const NEW_MANAGER: (&str, &str) = (
    "bygglov@exempelby.example,per.alm@exempelby.example,,,,,",
    "bygglov@exempelby.example,asa.oberg@exempelby.example,,,,,,john.hill@exempelby.example",
);
const PERS_NUMBER: &str = "person,per.alm@exempelby.example,0980-319 231";
const JUNE: Changes =
    &[JOHNS_NUMBER, NOBODYS_PER, HEAD, NEW_MANAGER, (PERS_NUMBER, "person,,0980-319 231")];
/// John has Per's number, and works from Monday to Wednesday.
const AUGUST: Changes = &[
    JOHNS_NUMBER,
    NOBODYS_PER,
    HEAD,
    NEW_MANAGER,
    (PERS_NUMBER, "person,john.hill@exempelby.example,0980-319 231"),
    ("john.hill@exempelby.example,,,en,,,", "john.hill@exempelby.example,,,en,,,,,mån-ons"),
];

/// When, by the local clock, and what.
pub(super) const PLOT: &[(&str, Act)] = &[
    // An ordinary week.
    ("2026-01-12 09:10", Message("Zelmira", "Åsa Öberg")),
    ("2026-01-12 09:40", Missed("Quirin", "Bygglov svarsgrupp")),
    ("2026-01-13 10:00", Back("Åsa Öberg", "Zelmira", 90)),
    ("2026-01-13 10:30", Back("John Hill", "Quirin", 0)),
    ("2026-01-14 13:30", Back("John Hill", "Quirin", 65)),
    // Nobody does anything, and it climbs.
    ("2026-02-02 09:00", Message("Xanthippa", "John Hill")),
    ("2026-02-09 09:00", Take("Per Alm", "Xanthippa")),
    ("2026-02-16 10:00", Done("Per Alm", "Xanthippa", Disposition::Emailed)),
    // The night that has no half past two.
    ("2026-03-29 01:59", Missed("Wolmar", "Amir Nouri")),
    ("2026-03-29 03:00", Message("Wolmar", "Amir Nouri")),
    ("2026-03-31 16:59", Back("Amir Nouri", "Wolmar", 30)),
    // Easter: Good Friday the 3rd to Easter Monday the 6th.
    ("2026-04-02 16:00", Message("Zelmira", "Bygglov svarsgrupp")),
    ("2026-04-04 11:00", Missed("Yrsa-Stina", "Äldreomsorg kö")),
    ("2026-04-08 15:00", Back("Åsa Öberg", "Zelmira", 200)),
    ("2026-04-09 09:00", Back("Amir Nouri", "Yrsa-Stina", 45)),
    // A line changes hands on the first working day of May; what was promised before stays where it was.
    ("2026-04-30 15:00", Message("Quirin", "John Hill")),
    ("2026-05-04 07:00", People(MAY)),
    ("2026-05-04 09:00", Message("Theofil", "John Hill")),
    ("2026-05-05 10:00", Done("John Hill", "Quirin", Disposition::Reached)),
    ("2026-05-06 10:00", Done("Åsa Öberg", "Theofil", Disposition::Reached)),
    // The manager leaves; what was hers or his to do is the unit's, and somebody else gets the lists.
    ("2026-05-28 10:00", Message("Wolmar", "Per Alm")),
    ("2026-05-29 17:00", People(JUNE)),
    ("2026-06-05 10:00", Done("Åsa Öberg", "Wolmar", Disposition::Emailed)),
    // Midsummer: Friday the 19th is its eve.
    ("2026-06-17 15:00", Message("Xanthippa", "Åsa Öberg")),
    ("2026-06-19 12:00", Missed("Zelmira", "Amir Nouri")),
    ("2026-06-22 09:30", Back("Åsa Öberg", "Xanthippa", 33)),
    ("2026-06-23 09:30", Back("Amir Nouri", "Zelmira", 0)),
    ("2026-06-24 09:30", Back("Amir Nouri", "Zelmira", 0)),
    ("2026-06-25 09:30", Back("Amir Nouri", "Zelmira", 0)),
    ("2026-06-25 10:00", Done("Amir Nouri", "Zelmira", Disposition::NotReachable)),
    // A month away with a substitute, and three weeks of it without anybody for Åsa.
    ("2026-07-02 14:00", Message("Theofil", "Amir Nouri")),
    ("2026-07-02 15:00", Away("Amir Nouri", "2026-07-03", "2026-08-02", "Sara Lind")),
    ("2026-07-06 11:00", Done("Sara Lind", "Theofil", Disposition::Reached)),
    ("2026-07-10 15:00", Away("Åsa Öberg", "2026-07-13", "2026-07-31", "")),
    ("2026-07-15 11:00", Message("Quirin", "Åsa Öberg")),
    ("2026-07-16 11:00", Missed("Wolmar", "Amir Nouri")),
    ("2026-07-22 11:00", Done("John Hill", "Quirin", Disposition::HandledByColleague)),
    ("2026-08-03 09:00", Back("Amir Nouri", "Wolmar", 61)),
    // John works from Monday to Wednesday: what can wait until then waits for him.
    ("2026-08-17 07:00", People(AUGUST)),
    ("2026-08-18 15:00", Message("Zelmira", "Per Alm")),
    ("2026-08-20 11:00", Done("Maria Ek", "Zelmira", Disposition::Reached)),
    ("2026-08-26 15:00", Message("Quirin", "Per Alm")),
    ("2026-08-31 09:00", Back("Per Alm", "Quirin", 60)),
    // The service is down from Friday to Wednesday.
    ("2026-09-10 14:00", Message("Zelmira", "John Hill")),
    ("2026-09-11 13:00", Down),
    ("2026-09-11 15:00", Message("Quirin", "Amir Nouri")),
    ("2026-09-14 10:00", Missed("Xanthippa", "Bygglov svarsgrupp")),
    ("2026-09-15 11:00", Back("Amir Nouri", "Quirin", 120)),
    ("2026-09-16 10:00", Up),
    ("2026-09-16 13:30", Back("Åsa Öberg", "Xanthippa", 75)),
    ("2026-09-17 09:00", Back("Åsa Öberg", "Zelmira", 50)),
    // Agreed days: one kept, one broken.
    ("2026-10-05 09:00", Message("Yrsa-Stina", "Åsa Öberg")),
    ("2026-10-06 09:00", Agree("Åsa Öberg", "Yrsa-Stina", "2026-10-12")),
    ("2026-10-12 15:00", Done("Åsa Öberg", "Yrsa-Stina", Disposition::Emailed)),
    ("2026-10-13 09:00", Message("Theofil", "Amir Nouri")),
    ("2026-10-14 09:00", Agree("Amir Nouri", "Theofil", "2026-10-16")),
    ("2026-10-20 09:00", Done("Amir Nouri", "Theofil", Disposition::Reached)),
    // The night with half past two twice.
    ("2026-10-25 02:30", Message("Wolmar", "Äldreomsorg kö")),
    ("2026-10-27 08:30", Back("Amir Nouri", "Wolmar", 20)),
    // Handed over: accepted, and answered by nobody.
    ("2026-11-03 09:00", Message("Quirin", "Åsa Öberg")),
    ("2026-11-03 10:00", Offer("Åsa Öberg", "Quirin", "Amir Nouri")),
    ("2026-11-04 09:00", Accept("Amir Nouri", "Quirin")),
    ("2026-11-05 09:00", Back("Amir Nouri", "Quirin", 80)),
    ("2026-11-09 09:00", Message("Zelmira", "Åsa Öberg")),
    ("2026-11-09 10:00", Offer("Åsa Öberg", "Zelmira", "Amir Nouri")),
    ("2026-11-11 10:00", Done("Sara Lind", "Zelmira", Disposition::Reached)),
    ("2026-11-12 10:00", Undo("Sara Lind", "Zelmira")),
    ("2026-11-12 16:00", Done("Amir Nouri", "Zelmira", Disposition::Emailed)),
    // Christmas.
    ("2026-12-23 15:00", Message("Xanthippa", "Åsa Öberg")),
    ("2026-12-24 10:00", Missed("Theofil", "Bygglov svarsgrupp")),
    ("2026-12-29 16:00", Back("Åsa Öberg", "Xanthippa", 64)),
    ("2026-12-30 11:00", Back("John Hill", "Theofil", 64)),
    ("2026-12-30 15:00", Missed("Yrsa-Stina", "Amir Nouri")),
    ("2027-01-08 12:00", Look),
];
