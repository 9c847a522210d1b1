//! `cdr.csv` and `cel.csv`, as `cdr_csv.so`, `cdr_custom.so` and `cel_custom.so` write them.
//!
//! <https://docs.asterisk.org/Configuration/Reporting/Call-Detail-Records-CDR/> and the samples of `cel_custom.conf` and
//! `cdr_custom.conf` that come with Asterisk 22; read and tried 2026-11-28. A CDR is the record that AMI tells as `Cdr`.

use super::{ami, cel, channel};
use crate::adapters::{Unreadable, seconds};
use crate::records::FileOfCalls;
use crate::request::Form;
use crate::source::Source;
use chrono_tz::Tz;
use domain::fact::CallFact;
use domain::party::Party;

pub(super) const FILES: &[FileOfCalls] = &[
    FileOfCalls {
        name: "cdr",
        // Named as AMI names them, in the order of cdr_csv.so; the last ones as far as cdr.conf turns them on.
        columns: &[
            "AccountCode",
            "Source",
            "Destination",
            "DestinationContext",
            "CallerID",
            "Channel",
            "DestinationChannel",
            "LastApplication",
            "LastData",
            "StartTime",
            "AnswerTime",
            "EndTime",
            "Duration",
            "BillableSeconds",
            "Disposition",
            "AMAFlags",
            "UniqueID",
            "UserField",
            "PeerAccount",
            "LinkedID",
            "Sequence",
        ],
        // As the function CDR() names them, and the tables that FreePBX and others keep.
        also: &[
            ("src", "Source"),
            ("dst", "Destination"),
            ("dcontext", "DestinationContext"),
            ("clid", "CallerID"),
            ("dstchannel", "DestinationChannel"),
            ("lastapp", "LastApplication"),
            ("lastdata", "LastData"),
            ("start", "StartTime"),
            ("calldate", "StartTime"),
            ("answer", "AnswerTime"),
            ("end", "EndTime"),
            ("billsec", "BillableSeconds"),
            ("did", "DID"),
        ],
        known_by: ("Disposition", &["ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"]),
        read: cdr,
    },
    FileOfCalls {
        name: "cel",
        // In the order of the sample in cel_custom.conf.
        columns: &[
            "eventtype",
            "eventtime",
            "cidname",
            "cidnum",
            "cidani",
            "cidrdnis",
            "ciddnid",
            "exten",
            "context",
            "channame",
            "appname",
            "appdata",
            "amaflags",
            "accountcode",
            "uniqueid",
            "linkedid",
            "bridgepeer",
            "userfield",
            "userdeftype",
            "eventextra",
        ],
        also: &[
            ("cid_name", "cidname"),
            ("cid_num", "cidnum"),
            ("cid_ani", "cidani"),
            ("cid_rdnis", "cidrdnis"),
            ("cid_dnid", "ciddnid"),
            ("channel", "channame"),
            ("peer", "bridgepeer"),
            ("extra", "eventextra"),
        ],
        known_by: (
            "eventtype",
            &[
                "CHAN_START",
                "CHAN_END",
                "HANGUP",
                "ANSWER",
                "APP_START",
                "APP_END",
                "LINKEDID_END",
                "BRIDGE_ENTER",
                "BRIDGE_EXIT",
            ],
        ),
        read: cel::read,
    },
];

fn cdr(row: &Form<'_>, source: &Source) -> Result<Option<CallFact>, Unreadable> {
    let near = channel::began(row.text("UniqueID"));
    // `usegmtime` writes UTC: the id of the channel, which begins with seconds since 1970, tells which it is.
    let off = |zone: &Tz| {
        let start = seconds::local(row.text("StartTime"), *zone, near);
        start.zip(near).map(|(start, near)| (start - near).abs())
    };
    let zone = [source.zone, Tz::UTC].into_iter().min_by_key(off).unwrap_or(source.zone);
    let fact = ami::cdr(row, &Source { zone, ..source.clone() })?;
    // R6: the network's number stands in a record though the caller withheld it; our dialplan says so.
    let withheld = is_withheld(row.text("UserField"));
    let from = if withheld { Party::withheld() } else { fact.from.clone() };
    Ok(Some(CallFact { from, ..fact }))
}

/// What our dialplan writes into the user field of a call whose caller withheld the number.
pub(super) fn is_withheld(user_field: &str) -> bool {
    user_field.eq_ignore_ascii_case("withheld")
}
