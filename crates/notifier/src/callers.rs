//! What mails show of callers (R29): as much as `mail_detail` allows, in bodies, never in subjects.

use domain::callback::Callback;
use domain::directory::{Directory, Language};
use domain::ids::{CallbackId, CallerId};
use domain::party::Party;
use minijinja::value::{Value, ValueKind};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::{StoreError, Tx};

/// What bodies of mails show of callers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MailDetail {
    /// Reference and dates.
    #[default]
    None,
    /// The number too.
    Number,
    /// Number and name.
    Full,
}

/// What a text can be given of a caller, and the name it has there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Number,
    Name,
}

impl MailDetail {
    /// As configured.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Number => "number",
            Self::Full => "full",
        }
    }

    pub(crate) fn shows(self, field: Field) -> bool {
        match self {
            Self::None => false,
            Self::Number => field == Field::Number,
            Self::Full => true,
        }
    }
}

impl Field {
    pub(crate) const ALL: [Self; 2] = [Self::Number, Self::Name];

    /// As a row has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "caller_name",
        }
    }
}

/// Who waits, by callback; empty while mails show nothing of callers.
#[derive(Debug, Default)]
pub struct Callers {
    known: HashMap<String, Party>,
    /// Nothing of who rang a protected line is in any mail, whatever others show (R36).
    protected: HashSet<String>,
}

impl Callers {
    /// The callers of these callbacks, as far as mails show anything of them: what is not shown is not even read.
    pub(crate) async fn read(
        tx: &Tx,
        callbacks: &[Callback],
        directory: &Directory,
        detail: MailDetail,
    ) -> Result<Self, StoreError> {
        if detail == MailDetail::None {
            return Ok(Self::default());
        }
        let (protected, open): (Vec<&Callback>, Vec<&Callback>) =
            callbacks.iter().partition(|callback| directory.is_protected(callback));
        let of: Vec<(CallbackId, CallerId)> =
            open.into_iter().filter_map(|c| Some((c.id, c.caller?))).collect();
        let ids: Vec<CallerId> = of.iter().map(|(_, caller)| *caller).collect();
        let parties = store::callers::list(tx, &ids).await?;
        let known = of
            .into_iter()
            .filter_map(|(id, caller)| Some((id.to_string(), parties.get(&caller)?.clone())));
        let protected = protected.into_iter().map(|callback| callback.id.to_string());
        Ok(Self { known: known.collect(), protected: protected.collect() })
    }

    /// What is shown of the caller of this callback: for one who withheld the number, that there is none.
    pub(crate) fn of(&self, callback: &str, detail: MailDetail, language: Language) -> Shown {
        let party = self.known.get(callback);
        let protected = || match language {
            Language::Swedish => "Skyddade uppgifter".to_owned(),
            Language::English => "Protected details".to_owned(),
        };
        let number = party.and_then(|p| {
            let text = p.number.as_ref().map_or(p.text.as_str(), |n| n.as_str());
            (!text.is_empty()).then(|| text.to_owned())
        });
        let number = if self.protected.contains(callback) { Some(protected()) } else { number };
        let name = party.and_then(|p| p.name.clone());
        let value = |field| match field {
            Field::Number => Value::from(number.clone()),
            Field::Name => Value::from(name.clone()),
        };
        Field::ALL.into_iter().filter(|f| detail.shows(*f)).map(|f| (f, value(f))).collect()
    }
}

/// Fields of one row.
pub(crate) type Shown = Vec<(Field, Value)>;

/// The fields that are shown, with nothing in them.
pub(crate) fn blank(detail: MailDetail) -> Shown {
    Field::ALL.into_iter().filter(|f| detail.shows(*f)).map(|f| (f, Value::from(""))).collect()
}

/// What a text is given: these values, `mail_detail`, and in every row the fields of its caller.
pub(crate) fn put_into(shown: &Value, detail: MailDetail, caller: &dyn Fn(&str) -> Shown) -> Value {
    let detail = [("mail_detail".to_owned(), Value::from(detail.name()))];
    let values = entries(&into_rows(shown, caller));
    Value::from(values.into_iter().chain(detail).collect::<BTreeMap<_, _>>())
}

/// A row is what has a reference. Its `id` is for us alone.
fn into_rows(value: &Value, caller: &dyn Fn(&str) -> Shown) -> Value {
    match value.kind() {
        ValueKind::Seq => {
            let members = value.try_iter().into_iter().flatten();
            Value::from(members.map(|member| into_rows(&member, caller)).collect::<Vec<_>>())
        }
        ValueKind::Map => {
            let mut entries: BTreeMap<String, Value> =
                entries(value).into_iter().map(|(k, v)| (k, into_rows(&v, caller))).collect();
            if entries.contains_key("reference") {
                let id = entries.remove("id").map(|id| id.to_string()).unwrap_or_default();
                let fields = caller(&id).into_iter();
                entries.extend(fields.map(|(field, value)| (field.name().to_owned(), value)));
            }
            Value::from(entries)
        }
        _ => value.clone(),
    }
}

fn entries(map: &Value) -> Vec<(String, Value)> {
    let keys = map.try_iter().into_iter().flatten();
    keys.filter_map(|key| Some((key.to_string(), map.get_item(&key).ok()?))).collect()
}
