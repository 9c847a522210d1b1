//! As CSV: a line for each policy, behaviour and month, and one for the whole time; names that stay.

use super::Simulated;
use simulation::{Counts, Histogram, Role, Tally};

const HEAD: [&str; 27] = [
    "policy",
    "behaviour",
    "period",
    "calls",
    "callbacks",
    "with_message_ended",
    "with_message_kept",
    "with_message_late",
    "with_message_reached",
    "without_message_ended",
    "without_message_kept",
    "without_message_late",
    "without_message_reached",
    "excluded",
    "mails",
    "employee_mails_a_day_mean",
    "employee_mails_a_day_p90",
    "employee_mails_a_day_max",
    "mailbox_mails_a_day_mean",
    "mailbox_mails_a_day_p90",
    "mailbox_mails_a_day_max",
    "manager_lists_a_day_mean",
    "employee_rows_p90",
    "employee_rows_max",
    "manager_rows_p90",
    "manager_rows_max",
    "open_median",
];

pub(super) fn write(simulated: &Simulated) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD)?;
    for variant in &simulated.variants {
        let name = if variant.name.is_empty() { "configured" } else { &variant.name };
        for run in &variant.runs {
            let of = |period: &str, counts: &Counts, rest: Vec<String>| {
                let head = [name, run.behaviour, period].map(str::to_owned);
                [head.to_vec(), numbers(counts), rest].concat()
            };
            writer.write_record(of("all", &run.tally.whole, spreads(&run.tally)))?;
            for (month, counts) in &run.tally.months {
                // How mails are spread is counted over the whole time.
                let none = vec![String::new(); HEAD.len() - 15];
                writer.write_record(of(month, counts, none))?;
            }
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn numbers(c: &Counts) -> Vec<String> {
    let (with, without) = (c.with_message, c.without_message);
    let numbers = [
        c.calls,
        c.callbacks,
        with.ended,
        with.kept,
        with.late,
        with.reached,
        without.ended,
        without.kept,
        without.late,
        without.reached,
        c.excluded,
        c.mails,
    ];
    numbers.map(|n| n.to_string()).to_vec()
}

fn spreads(tally: &Tally) -> Vec<String> {
    let mails = |role| tally.mails_a_day.get(&role);
    let rows = |role| tally.rows.get(&role);
    let mean = |h: Option<&Histogram>| h.map(|h| format!("{:.3}", h.mean())).unwrap_or_default();
    let at = |h: Option<&Histogram>, percent| {
        h.and_then(|h| h.percentile(percent)).map(|n| n.to_string()).unwrap_or_default()
    };
    let (employee, mailbox) = (mails(Role::Employee), mails(Role::Mailbox));
    let (employees, managers) = (rows(Role::Employee), rows(Role::Manager));
    Vec::from([
        mean(employee),
        at(employee, 90),
        at(employee, 100),
        mean(mailbox),
        at(mailbox, 90),
        at(mailbox, 100),
        mean(mails(Role::Manager)),
        at(employees, 90),
        at(employees, 100),
        at(managers, 90),
        at(managers, 100),
        at(Some(&tally.open), 50),
    ])
}
