//! The columns of the people file, and which of them a row may use.

use crate::directory::Language;

/// A column, found by its name in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Type,
    Name,
    Unit,
    Email,
    Manager,
    Reception,
    Language,
    Kind,
    Employee,
    Aliases,
    Deputy,
    From,
    Until,
    Workdays,
    Substitute,
    Protected,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowType {
    Unit,
    Employee,
    Line,
}

impl Column {
    pub(super) const ALL: [Self; 16] = [
        Self::Type,
        Self::Name,
        Self::Unit,
        Self::Email,
        Self::Manager,
        Self::Reception,
        Self::Language,
        Self::Kind,
        Self::Employee,
        Self::Aliases,
        Self::Deputy,
        Self::From,
        Self::Until,
        Self::Workdays,
        Self::Substitute,
        Self::Protected,
    ];

    /// The column of this title; `E-post`, `e_post` and `epost` are one.
    pub(super) fn titled(title: &str) -> Option<Self> {
        let letters = |c: &char| c.is_alphanumeric();
        let title: String = title.to_lowercase().chars().filter(letters).collect();
        Self::ALL.into_iter().find(|column| column.titles().contains(&title.as_str()))
    }

    /// The name that messages and the manual use.
    pub(super) fn name(self) -> &'static str {
        self.titles()[0]
    }

    /// The name that a file has which is written in this language.
    pub(super) fn title(self, language: Language) -> &'static str {
        match language {
            Language::English => self.titles()[0],
            Language::Swedish => self.titles()[1],
        }
    }

    fn titles(self) -> &'static [&'static str] {
        match self {
            Self::Type => &["type", "typ"],
            Self::Name => &["name", "namn"],
            Self::Unit => &["unit", "enhet"],
            Self::Email => &["email", "epost", "mejl", "epostadress"],
            Self::Manager => &["manager", "chef"],
            Self::Reception => &["reception", "expedition", "expeditionen"],
            Self::Language => &["language", "språk", "sprak"],
            Self::Kind => &["kind", "slag"],
            Self::Employee => &["employee", "medarbetare"],
            Self::Aliases => &["aliases", "alias", "nummer"],
            Self::Deputy => &["deputy", "ställföreträdare", "stallforetradare"],
            Self::From => &["from", "från", "fran", "frånochmed"],
            Self::Until => &["until", "till", "tillochmed", "tom"],
            Self::Workdays => &["workdays", "arbetsdagar"],
            Self::Substitute => &["substitute", "ersättare", "ersattare"],
            Self::Protected => &["protected", "skyddad", "skyddat"],
        }
    }

    /// Which rows may have something in this column.
    pub(super) fn belongs_to(self, row: RowType) -> bool {
        match self {
            Self::Type | Self::Name | Self::Unit => true,
            Self::Email => row != RowType::Line,
            Self::Manager | Self::Deputy | Self::Reception => row == RowType::Unit,
            Self::Language | Self::Until | Self::Workdays | Self::Substitute => {
                row == RowType::Employee
            }
            Self::Kind | Self::Employee | Self::From | Self::Aliases | Self::Protected => {
                row == RowType::Line
            }
        }
    }
}

impl RowType {
    /// What stands in the first column.
    pub(super) fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Unit, Language::English) => "unit",
            (Self::Unit, Language::Swedish) => "enhet",
            (Self::Employee, Language::English) => "employee",
            (Self::Employee, Language::Swedish) => "medarbetare",
            (Self::Line, Language::English) => "line",
            (Self::Line, Language::Swedish) => "nummer",
        }
    }

    /// By which column a row is the same as one of an earlier import.
    pub(super) fn known_by(self) -> Column {
        match self {
            Self::Unit | Self::Line => Column::Name,
            Self::Employee => Column::Email,
        }
    }

    pub(super) fn with_article(self) -> &'static str {
        match self {
            Self::Unit => "a unit",
            Self::Employee => "an employee",
            Self::Line => "a line",
        }
    }
}
