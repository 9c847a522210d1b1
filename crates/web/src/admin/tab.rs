//! The administrator's pages, one beside the other.

use crate::page::{Link, Page};
use crate::visit::Visit;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    Overview,
    People,
    Calendar,
    Policy,
    Mail,
    Retention,
    ReadLog,
}

impl Tab {
    pub(crate) const ALL: [Self; 7] = [
        Self::Overview,
        Self::People,
        Self::Calendar,
        Self::Policy,
        Self::Mail,
        Self::Retention,
        Self::ReadLog,
    ];

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Overview => "/admin",
            Self::People => "/admin/people",
            Self::Calendar => "/admin/calendar",
            Self::Policy => "/admin/policy",
            Self::Mail => "/admin/mail",
            Self::Retention => "/admin/retention",
            Self::ReadLog => "/admin/read-log",
        }
    }

    /// Its name in the row of them.
    fn short(self, visit: &Visit) -> String {
        visit.words.say(match self {
            Self::Overview => "tab-overview",
            Self::People => "tab-people",
            Self::Calendar => "tab-calendar",
            Self::Policy => "tab-policy",
            Self::Mail => "tab-mail",
            Self::Retention => "tab-retention",
            Self::ReadLog => "tab-read-log",
        })
    }

    /// What stands above it.
    fn title(self, visit: &Visit) -> String {
        visit.words.say(match self {
            Self::Overview => "admin-title",
            Self::People => "people-title",
            Self::Calendar => "calendar-title",
            Self::Policy => "policy-title",
            Self::Mail => "mail-title",
            Self::Retention => "retention-title",
            Self::ReadLog => "read-log-title",
        })
    }
}

impl Page {
    /// A page of the administrator's, with the way to the others.
    pub(crate) fn of_administrator(visit: &Visit, tab: Tab) -> Self {
        let tabs = Tab::ALL.into_iter().map(|other| Link {
            path: other.path(),
            text: other.short(visit),
            here: other == tab,
        });
        let page = Self::of(visit, tab.title(visit), Tab::Overview.path());
        Self { tabs: tabs.collect(), here: tab.path(), ..page }
    }
}
