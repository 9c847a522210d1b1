//! What the report says, in both languages.

use workalendar::Language;

pub(super) struct Words {
    pub title: &'static str,
    pub as_of: &'static str,
    pub goes_on: &'static str,
    pub signed: &'static str,
    pub with_below: &'static str,
    pub itself: &'static str,
    pub with_message: &'static str,
    pub without_message: &'static str,
    pub counted: &'static str,
    /// After `counted`, in the order of the figures.
    rest: [&'static str; 17],
    /// In the order of `Excluded::ALL`.
    excluded: [&'static str; 5],
    pub of: &'static str,
    pub nothing: &'static str,
    pub too_few: &'static str,
    pub not_yet: &'static str,
    pub none_open: &'static str,
    pub none_agreed: &'static str,
    pub what_counts: &'static [&'static str],
}

impl Words {
    /// The place of the first reason why something is not counted.
    pub(super) fn reasons_from(&self) -> usize {
        1 + self.rest.len()
    }

    /// All labels from top to bottom.
    pub(super) fn labels(&self) -> Vec<&'static str> {
        [&[self.counted][..], &self.rest, &self.excluded].concat()
    }
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Swedish => &SWEDISH,
        Language::English => &ENGLISH,
    }
}

static SWEDISH: Words = Words {
    title: "Uppföljning",
    as_of: "Det som kom in under perioden, så som det står",
    goes_on: "Perioden är inte slut: siffrorna ändras.",
    signed: "undertecknat",
    with_below: "med enheterna under",
    itself: "bara enheten själv",
    with_message: "med meddelande",
    without_message: "utan meddelande",
    counted: "Räknas",
    rest: [
        "  varav tiden inte är slut",
        "Försökt inom 1 arbetsdag",
        "Försökt inom 2 arbetsdagar",
        "Nådd inom 1 arbetsdag",
        "Nådd inom 2 arbetsdagar",
        "Hållen: försökt senast sista dagen",
        "Försenad",
        "Avslutad i tid utan försök",
        "Klar",
        "  varav klar enligt växeln",
        "Dagar till försök, median",
        "Dagar till försök, 90 av 100",
        "Dagar tills nådd, median",
        "Dagar tills nådd, 90 av 100",
        "Överenskomna dagar som hölls",
        "Längst öppen, arbetsdagar",
        "Räknas inte",
    ],
    excluded: [
        "  ingen väntade på svar",
        "  fortsätter i en annan återkoppling",
        "  utan sista dag, bara på listan",
        "  inget att återkomma om",
        "  uppgift att nå personen saknas",
    ],
    of: "av",
    nothing: "inga",
    too_few: "färre än 5",
    not_yet: "ännu inte",
    none_open: "ingen öppen",
    none_agreed: "inga",
    what_counts: &[
        "Vad som räknas",
        "En återkoppling hör till den månad då det första samtalet eller meddelandet kom, och till den enhet som ansvarar för den.",
        "Andelarna gäller de återkopplingar vars sista dag och andra arbetsdag är slut. De andra finns bara i raden \"tiden inte är slut\".",
        "Arbetsdagar räknas efter enhetens kalender; dagen då någon hörde av sig räknas inte.",
        "Försökt: någon ringde eller mejlade. Nådd: ni har talats vid, eller svaret är mejlat. Klar: återkopplingen är avslutad, hur det än gick. Klar enligt växeln: växeln såg ett samtal på minst 20 sekunder, och ingen har sagt något annat.",
        "Median: så många arbetsdagar väntade den i mitten. 90 av 100: så många eller färre väntade nio av tio. Det som inte har hänt räknas som längst; \"ännu inte\" betyder att så många inte är försökta eller nådda.",
        "Färre än 5: en så liten grupp visas inte, och inte heller den som skulle avslöja den.",
        "Överenskomna dagar: andelen av dem som är över, eller som hölls dessförinnan. En dag hålls med \"klar\" eller \"ej klar, ny dag\". Ingenting räknas per person.",
    ],
};

static ENGLISH: Words = Words {
    title: "Follow-up",
    as_of: "What came in during the period, as it stands on",
    goes_on: "The period is not over: the figures will change.",
    signed: "signed",
    with_below: "with the units below",
    itself: "the unit by itself",
    with_message: "with a message",
    without_message: "without a message",
    counted: "Counted",
    rest: [
        "  of which the time is not over",
        "Attempted within 1 working day",
        "Attempted within 2 working days",
        "Reached within 1 working day",
        "Reached within 2 working days",
        "Kept: attempted by the last day",
        "Late",
        "Closed in time without an attempt",
        "Resolved",
        "  of which by the PBX's word",
        "Days until attempted, median",
        "Days until attempted, 90 of 100",
        "Days until reached, median",
        "Days until reached, 90 of 100",
        "Agreed days kept",
        "Longest open, working days",
        "Not counted",
    ],
    excluded: [
        "  nobody waited for an answer",
        "  goes on in another callback",
        "  without a last day, only listed",
        "  not a request",
        "  no contact details",
    ],
    of: "of",
    nothing: "none",
    too_few: "fewer than 5",
    not_yet: "not yet",
    none_open: "none open",
    none_agreed: "none",
    what_counts: &[
        "What is counted",
        "A callback belongs to the month in which its first call or message came, and to the unit that answers for it.",
        "Shares are of the callbacks whose last day and second working day are over. The others are only in the line \"the time is not over\".",
        "Working days are those of the unit's calendar; the day on which somebody rang is not counted.",
        "Attempted: somebody rang or e-mailed. Reached: you have spoken, or the answer was e-mailed. Resolved: it has ended, in whatever way. By the PBX's word: the PBX saw a call of at least 20 seconds, and nobody has said otherwise.",
        "Median: the one in the middle waited so many working days. 90 of 100: nine of ten waited so many or fewer. What has not happened counts as the longest; \"not yet\" means that so many are not attempted or reached.",
        "Fewer than 5: a group that small is not shown, nor one that would give it away.",
        "Agreed days: the share of those that are over, or were kept before. A day is kept by \"done\" or by \"not done, a new day\". Nothing is counted by person.",
    ],
};
