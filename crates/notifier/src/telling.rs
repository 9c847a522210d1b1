//! What a round says: gathered for whoever it is for, in the transaction that writes the mail.

use crate::Notifier;
use crate::callers::Callers;
use crate::recipients;
use crate::render::ShownBy;
use crate::texts::{Text, TextError};
use chrono::{DateTime, Utc};
use domain::callback::Callback;
use domain::decision::Decision;
use domain::directory::{Directory, Owner, Responsible};
use domain::faults::Faults;
use domain::ids::CallbackId;
use domain::rounds::{
    Alarm, Digest, ManagerList, Readers, Recipient, RoundKind, alarm, digest, manager_list, new,
    nudge,
};
use domain::transitions::Rules;
use domain::unreferred::told_since;
use store::rounds::Round;
use store::{StoreError, Tx, callbacks, deliveries, faults, news, unreferred};

/// What is to be told, and what is so once it was.
#[derive(Debug)]
pub(crate) struct Told {
    what: What,
    /// To be written with the mail.
    pub(crate) decisions: Vec<Decision>,
    /// Somebody reads it; else it is a reason for an alarm.
    pub(crate) gets_there: bool,
}

#[derive(Debug)]
enum What {
    Nothing,
    Callbacks(Digest, Callers),
    List(ManagerList),
    Alarm(Alarm),
    Faults(Faults),
    Test,
}

impl Told {
    fn plain(what: What) -> Self {
        Self { what, decisions: Vec::new(), gets_there: true }
    }

    /// An empty mail is never sent (R25).
    pub(crate) fn is_empty(&self) -> bool {
        match self.what {
            What::Nothing => true,
            What::Callbacks(..) | What::List(_) | What::Alarm(_) | What::Faults(_) | What::Test => {
                false
            }
        }
    }

    pub(crate) fn text(
        &self,
        notifier: &Notifier,
        round: &Round,
        to: &recipients::Addressee,
    ) -> Result<Text, TextError> {
        let (calendar, public_url) = (&*notifier.calendar, &*notifier.public_url);
        let shown_by = ShownBy { calendar, public_url };
        match &self.what {
            What::Nothing => Ok(Text::default()),
            What::Callbacks(digest, callers) => {
                notifier.texts.digest(round.kind, digest, to, shown_by, callers)
            }
            What::List(list) => {
                let to_officer = round.recipient == Recipient::Officer;
                notifier.texts.manager_list(list, to, to_officer, shown_by)
            }
            What::Alarm(alarm) => notifier.texts.alarm(alarm, to),
            What::Faults(faults) => notifier.texts.faults(faults, to, shown_by),
            What::Test => notifier.texts.test(to, shown_by),
        }
    }
}

impl Notifier {
    pub(crate) async fn told(
        &self,
        tx: &Tx,
        round: &Round,
        directory: &Directory,
        now: DateTime<Utc>,
    ) -> Result<Told, StoreError> {
        match (round.kind, round.recipient) {
            (RoundKind::ManagerList, me) => self.list(tx, me, directory, now).await,
            (RoundKind::Alarm, _) => self.alarm(tx, directory, now).await,
            (RoundKind::Test, _) => Ok(Told::plain(What::Test)),
            (RoundKind::Silence | RoundKind::Faults, _) => {
                let posting = faults::posting(tx, now).await?;
                let live = self.sources.live(tx).await?;
                let faults = posting.faults(&live, now, &self.calendar);
                let told = faults.told_as(round.kind);
                Ok(Told::plain(told.map_or(What::Nothing, What::Faults)))
            }
            (
                RoundKind::New | RoundKind::Digest | RoundKind::Nudge,
                Recipient::Responsible(who),
            ) => {
                let what = self.callbacks(tx, (round.kind, who), directory, now).await?;
                let gets_there = self.offices.address(who, directory).is_some();
                let what = what.map_or(What::Nothing, |(d, callers)| What::Callbacks(d, callers));
                Ok(Told { gets_there, ..Told::plain(what) })
            }
            // Nobody is responsible by being an officer or by signing in.
            (
                RoundKind::New | RoundKind::Digest | RoundKind::Nudge,
                Recipient::Officer | Recipient::Account { .. },
            ) => Ok(Told::plain(What::Nothing)),
        }
    }

    /// R25: for everybody who reads the same address.
    async fn callbacks(
        &self,
        tx: &Tx,
        (kind, who): (RoundKind, Responsible),
        directory: &Directory,
        now: DateTime<Utc>,
    ) -> Result<Option<(Digest, Callers)>, StoreError> {
        let today = self.calendar.local_date(now);
        let all_of_them = self.offices.same_as(who, directory);
        let reads = |role: &Responsible| all_of_them.contains(role);
        let is_told = |c: &Callback| directory.told_of(c, today).is_some_and(|who| reads(&who));
        let mut owners = callbacks::list_owners(tx).await?;
        owners.retain(|owner| directory.told_for(*owner, today).iter().any(reads));
        if kind == RoundKind::New && self.was_just_told(tx, who, now).await? {
            return Ok(None);
        }
        let told = match kind {
            RoundKind::New | RoundKind::Digest => {
                let has_day_off = |owner: &Owner| directory.has_day_off(*owner, today);
                let (off, there): (Vec<_>, Vec<_>) = owners.iter().copied().partition(has_day_off);
                let mut taken = news::take(tx, &there).await?;
                if !off.is_empty() {
                    // Of these the rest stays news, until their next day at work (R17).
                    let open = callbacks::list_open_of_owners(tx, &off).await?;
                    let pressing: Vec<CallbackId> =
                        open.iter().filter(|c| is_told(c)).map(|c| c.id).collect();
                    taken.extend(news::take_these(tx, &pressing).await?);
                }
                taken
            }
            RoundKind::Nudge
            | RoundKind::ManagerList
            | RoundKind::Alarm
            | RoundKind::Silence
            | RoundKind::Faults
            | RoundKind::Test => Vec::new(),
        };
        let mut open = callbacks::list_open_of_owners(tx, &owners).await?;
        open.retain(is_told);
        let calendar = &*self.calendar;
        let callers = Callers::read(tx, &open, directory, self.texts.detail()).await?;
        let digest = match kind {
            RoundKind::New => {
                open.retain(|c| told.contains(&c.id));
                new(&open, today, calendar, directory)
            }
            RoundKind::Digest => {
                let digest = digest(&open, today, calendar, directory);
                let handing_over = callbacks::list_handing_over(tx).await?;
                let answers = |owner: &Owner| {
                    let who = directory.responsible(*owner, today);
                    reads(&who) && directory.told_for(*owner, today).contains(&who)
                };
                let theirs: Vec<Owner> = handing_over.into_iter().filter(answers).collect();
                let offered = callbacks::list_offered(tx, &theirs).await?;
                let sent = callbacks::list_sent(tx, &theirs).await?;
                let digest =
                    Digest::with_hand_overs(digest, &offered, &sent, today, calendar, directory);
                let away = self.while_away(tx, who, (directory, today)).await?;
                Digest::with_while_away(digest, away, today)
            }
            RoundKind::Nudge => nudge(&open, today, calendar, directory),
            RoundKind::ManagerList
            | RoundKind::Alarm
            | RoundKind::Silence
            | RoundKind::Faults
            | RoundKind::Test => None,
        };
        Ok(digest.map(|digest| (digest, callers)))
    }

    /// A round that was late, and the next one, must not come one upon the other.
    async fn was_just_told(
        &self,
        tx: &Tx,
        who: Responsible,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let latest = deliveries::latest_at(tx, who.into(), RoundKind::New).await?;
        Ok(latest.zip(self.schedule.new_every).is_some_and(|(at, every)| now - at < every))
    }

    /// R26, R27, R28.
    async fn list(
        &self,
        tx: &Tx,
        me: Recipient,
        directory: &Directory,
        now: DateTime<Utc>,
    ) -> Result<Told, StoreError> {
        let today = self.calendar.local_date(now);
        let unreachable = deliveries::list_unreachable(tx, now).await?;
        let unreferred = unreferred::list_since(tx, told_since(today)).await?;
        let (offices, unreachable) = (&*self.offices, &*unreachable);
        let readers = Readers { directory, offices, unreachable, today, unreferred: &unreferred };
        let open = callbacks::list_open_of_units(tx, &readers.units_below(me), true).await?;
        let Some(listing) = manager_list(me, &open, readers, self.rules()) else {
            return Ok(Told::plain(What::Nothing));
        };
        // Who cannot be reached is told of to the next one above; above the officer there is nobody.
        let at_the_top = readers.is_at_the_top(me);
        let gets_there = listing.list.is_quiet() || readers.is_reachable(me) || !at_the_top;
        if listing.list.is_quiet() && at_the_top && !readers.is_reachable(me) {
            return Ok(Told::plain(What::Nothing));
        }
        let mut decisions: Vec<Decision> = Vec::new();
        for (id, level) in listing.listed {
            let before = decisions.iter().position(|d| d.callback.id == id);
            let decision = match before {
                Some(i) => {
                    let list = |c: Callback| Ok(c.list(level, today, now));
                    decisions.remove(i).then(list).ok()
                }
                None => open.iter().find(|c| c.id == id).map(|c| c.clone().list(level, today, now)),
            };
            decisions.extend(decision);
        }
        Ok(Told { what: What::List(listing.list), decisions, gets_there })
    }

    async fn alarm(
        &self,
        tx: &Tx,
        directory: &Directory,
        now: DateTime<Utc>,
    ) -> Result<Told, StoreError> {
        let today = self.calendar.local_date(now);
        let unreachable = deliveries::list_unreachable(tx, now).await?;
        let (offices, unreachable) = (&*self.offices, &*unreachable);
        let readers = Readers { unreachable, ..Readers::of(directory, offices, today) };
        let units = readers.units_below(Recipient::Officer);
        let open = callbacks::list_open_of_units(tx, &units, true).await?;
        let owners = callbacks::list_owners(tx).await?;
        let alarm = alarm(&open, &owners, readers, self.rules());
        Ok(Told::plain(alarm.map_or(What::Nothing, What::Alarm)))
    }

    fn rules(&self) -> Rules<'_> {
        Rules::new(&self.policy, &self.calendar)
    }
}
