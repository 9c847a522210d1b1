# Återkom på svenska. Klarspråk; "återkoppling", aldrig "ärende". Samma id:n som i en.ftl: ett test ser till det.

## Alla sidor
skip = Hoppa till innehållet
nav-label = Sidor
nav-mine = Mina återkopplingar
nav-unit = Min enhet
nav-units = Mina enheter
nav-away = Frånvaro
nav-note = Ny anteckning
nav-reception = Expeditionen
nav-admin = Administration
signed-in-as = Inloggad som { $who }
sign-out = Logga ut
language-other = In English
language-other-code = en
footer = Vi lovar att den som söker oss får svar inom { $days ->
    [one] en arbetsdag
   *[other] { $days } arbetsdagar
}.
script-copy = Kopiera
script-copied = Kopierat
script-changed = Något har ändrats sedan du öppnade sidan.
script-reload = Visa det nya

## Dagar och tider
today = i dag
tomorrow = i morgon
yesterday = i går
moment = { $day } kl. { $time }

## Logga in
sign-in-title = Logga in
sign-in-lead = Skriv din e-postadress på jobbet, så får du en länk att logga in med. Du behöver inget lösenord.
sign-in-address = E-postadress
sign-in-ask = Skicka länken
sign-in-empty = Skriv din e-postadress, till exempel namn@kommun.se.
sign-in-wrong = Det där är ingen e-postadress. Skriv den så här: namn@kommun.se.
sign-in-why = Återkom håller reda på vilka som väntar på att någon hos oss ringer upp.
sent-title = Titta i din inkorg
sent-lead = Om adressen hör till någon här, kommer en länk dit om en liten stund. Den gäller i { $minutes } minuter och kan användas en gång.
sent-nothing = Kom det inget? Titta i skräpposten. Fick du en länk nyss gäller den fortfarande. Annars: be om en ny, eller fråga den som sköter Återkom om din adress är rätt.
sent-again = Be om en ny länk
open-title = Välkommen
open-lead = Tryck på knappen för att logga in i den här webbläsaren. Du är inloggad i { $days } dagar.
open-button = Logga in
spent-title = Länken gäller inte
spent-lead = En länk gäller i { $minutes } minuter och kan användas en gång. Den här är använd, för gammal eller felskriven.
signed-out-title = Du är utloggad
signed-out-lead = Stäng gärna webbläsaren om fler använder datorn.
sign-in-again = Logga in igen
nobody-title = Det finns inget här för dig
nobody-lead = Adressen du loggade in med hör inte till någon som arbetar här. Fråga den som sköter Återkom.

## En återkoppling i en lista
late = Försenad { $days ->
    [one] en arbetsdag
   *[other] { $days } arbetsdagar
}
late-was = senast var { $day }
due-today = Senast i dag
due-later = Senast { $day }
tried = Försökt, inte nådd
tried-due = senast { $day }
tried-due-was = senast var { $day }
no-deadline = Utan sista dag
agreed = Överenskommet { $day }
agreed-broken = Överenskommen dag är förbi
agreed-was = det var { $day }
offered = { $who } erbjuder den till { $to }. Svar senast { $day }.
offered-unanswered = { $to } svarade inte senast { $day }. Nu har den mottagande enheten den.
by-pbx = Klar enligt växeln
rang = Ringde { $when }
noted = Antecknat av oss { $when }
rang-line = Ringde { $when } till { $line }
left-message = Lämnade meddelande { $when }
left-message-line = Lämnade meddelande { $when } till { $line }
contacts-more = Har hört av sig { $n } gånger.
attempts-n = { $n ->
    [0] Ingen har försökt än.
    [one] Ni har försökt en gång.
   *[other] Ni har försökt { $n } gånger.
}
withheld = Dolt nummer
unknown-number = Okänt nummer
forgotten-number = Numret är borttaget
details-hidden = Uppgifterna är dolda
details-protected = Skyddade uppgifter
details-lead = Nummer, namn och text är dolda. Det antecknas att du har öppnat dem. De syns i 15 minuter.
details-lead-protected = Numret som personen ringde till är skyddat. Skriv varför du behöver uppgifterna. Det antecknas att du har öppnat dem, och varför. De syns i 15 minuter.
details-reason = Varför? (minst 5 tecken)
details-open = Visa uppgifter
details-openers = Har öppnats av
details-openers-none = Ingen har öppnat uppgifterna.
reason-title = Skriv varför
reason-lead = Numret är skyddat. Gå tillbaka och skriv varför du behöver uppgifterna, med 5 till 200 tecken.
ended = Klar { $when }: { $what }.
for-whom = För { $who }
for-organisation = För hela organisationen
why-this-day = Varför den dagen?
reference = Referens
message-length = { $seconds } sekunder
caller-number = Ring { $number }

## Knappar
act-attempt = Försökt, inte nådd
act-reached = Nådd
act-emailed = Mejlat svar
act-more = Annat avslut
act-more-all = Annat avslut, ny dag eller överlämning
act-handled_by_colleague = En kollega har svarat
act-caller_reached_us = Personen har själv nått oss
act-not_reachable = Går inte att nå
act-no_contact_details = Går inte att ringa upp: dolt nummer
act-not_a_request = Inget att svara på (privat, reklam, fel nummer)
act-undo = Ångra
act-accept = Jag tar emot
act-decline-not_ours = Avböj: hör inte hit
act-decline-no_time = Avböj: hinner inte
act-take-back = Ta tillbaka erbjudandet
act-agree = Nådd, men inte klar: överenskommen dag
agree-lead = Ni har talats vid och kommit överens om en dag för svaret. Du blir påmind arbetsdagen före och samma morgon.
agree-day = Överenskommen dag för svaret
agree-save = Spara dagen
act-offer = Lämna över till rätt handläggare
offer-lead = Du har kvar ansvaret tills mottagaren har tagit emot. Sista dagen ändras inte.
offer-to = Lämna över till (namn, anknytning eller enhet)
offer-save = Erbjud
offer-refused-nothing = Skriv vem du vill lämna över till.
agree-notice = Dagen är sparad. Du blir påmind.
offer-notice = Erbjudandet är skickat. Du har kvar ansvaret tills någon har tagit emot.
receiver-nobody = Ingen här heter så, och inget nummer eller någon enhet stämmer.
receiver-several = Det kan vara flera: { $names }.
mine-offered = Erbjudet till dig
mine-offered-lead = Ta emot eller avböj. Den som erbjuder har kvar ansvaret tills du har svarat.
mine-sent = Du har lämnat över
accept-notice = Du har tagit emot den. Nu är den din.
decline-notice = Du har avböjt. Den som erbjöd den har kvar ansvaret.
act-take = Jag tar den
taken-by = { $who } tar den, till och med { $day }

## Mina återkopplingar
mine-title = Mina återkopplingar
mine-lead = Alla som väntar på att du hör av dig, dag för dag. De som har lämnat meddelande står först.
mine-lead-desk = Alla som väntar på att expeditionen hör av sig, dag för dag.
mine-late = Försenade
mine-today = I dag, { $day }
mine-tomorrow = I morgon, { $day }
mine-next = Nästa arbetsdag, { $day }
mine-later = Senare
mine-no-day = Utan sista dag
figures-link = Dina egna siffror
figures-title = Dina siffror
figures-lead = Bara du ser de här siffrorna. De visas inte för någon chef, och ingen jämförs med någon annan.
mine-empty = Ingen väntar på dig
mine-empty-lead = När någon ringer utan att få svar, eller lämnar ett meddelande, står det här. Du får också ett mejl.
mine-more = Visa fler
mine-first = Till början av listan
mine-by-pbx = Klara enligt växeln
mine-by-pbx-lead = Växeln har sett att ni har talat med varandra. Stämmer det inte? Ångra, så står återkopplingen kvar.
mine-done = Klara nyligen
mine-done-lead = Blev något fel? Du kan ångra i { $days ->
    [one] en arbetsdag
   *[other] { $days } arbetsdagar
}.
done-notice = Klart: { $what }.
attempt-notice = Försöket är noterat. Försök igen nästa arbetsdag.
undone-notice = Ångrat. Återkopplingen står på listan igen.
taken-notice = Du har tagit den. Den går inte vidare till nästa chef så länge.

## En återkoppling
callback-recording = Meddelandet i växeln
callback-contacts = När personen har hört av sig
callback-story = Vad som har hänt
callback-do = Vad har du gjort?
callback-responsible = Ansvarig nu: { $who }
back-to-list = Till listan

## Vad som har hänt
story-opened = Personen hörde av sig. { $due }
story-opened-due = Sista dag blev { $day }.
story-opened-none = Ingen sista dag.
story-joined = Personen hörde av sig igen
story-amended = Växeln berättade mer om samtalet
story-contact_withdrawn = Ett av samtalen var besvarat ändå, och räknas inte
story-due_moved = Sista dag ändrades från { $from } till { $to }
story-attempted = { $who } försökte
story-attempted-reached = { $who } talade med personen
story-resolved_by_pbx = Klar enligt växeln: { $what }
story-reopened_by_pbx = Växeln ändrade sig: de talade inte med varandra
story-made_final = Räknas som klar
story-resolved = { $who } avslutade: { $what }
story-undone = { $who } ångrade
story-joined_from = Fortsätter här tillsammans med en nyare
story-listed = Försenad: närmaste chef fick veta det
story-listed-above = Fortfarande försenad: chefen ovanför fick också veta det
story-taken = { $who } har tagit den till och med { $day }
story-handed_over = { $who } erbjöd den till { $to }
story-accepted = { $who } tog emot den
story-declined-not_ours = { $who } avböjde: hör inte hit heller
story-declined-no_time = { $who } avböjde: hinner inte
story-declined-taken_back = { $who } tog tillbaka erbjudandet
story-hand_over_unanswered = Ingen tog emot den. Nu har { $to } den.
story-agreed = { $who } och personen kom överens om { $day }
story-agreed_day_broken = Överenskommen dag, { $day }, gick förbi
story-left = { $who } har slutat. Nu har { $to } den.
story-withdrawn-contradicted = Togs bort: samtalet var besvarat ändå
story-withdrawn-joined_to = Fortsätter i en äldre, som ångrades
story-withdrawn-lapsed = Togs bort från listan: den hade ingen sista dag
nobody = ingen
who-system = Återkom
who-line = { $line } (enligt växeln)
who-mailbox = någon i en gemensam brevlåda
who-gone = någon som har slutat
disposition-reached = nådd
disposition-reached_by_pbx = nådd, enligt växeln
disposition-emailed = svar mejlat
disposition-caller_reached_us = personen nådde oss
disposition-handled_by_colleague = en kollega har svarat
disposition-not_reachable = gick inte att nå
disposition-no_contact_details = gick inte att ringa upp
disposition-not_a_request = inget att svara på

## Någon hann före
stale-title = Någon hann före
stale-lead = Återkopplingen har ändrats sedan du öppnade sidan. Inget du gjorde har sparats. Det här har hänt, det senaste först:
stale-now = Se hur det står till nu
refused-title = Det gick inte
refused-already_resolved = Återkopplingen är redan avslutad.
refused-withdrawn = Återkopplingen finns inte längre på någon lista.
refused-too_few_attempts = Den som inte går att nå ska ha sökts minst { $needed } gånger, på minst { $days } olika arbetsdagar. Hittills: { $attempts }.
refused-only_by_pbx = Det avslutet kan bara växeln göra.
refused-has_contact_details = Personens nummer är känt, så det går att ringa upp.
refused-too_late_to_undo = Det gick att ångra till och med { $day }.
refused-not_resolved = Återkopplingen är öppen. Det finns inget att ångra.
refused-not_the_manager = Bara en chef för enheten kan ta den.
refused-already_theirs = Den är redan deras.
refused-not_offered = Återkopplingen är inte erbjuden till någon längre.
refused-no_day_to_agree_on = Välj en arbetsdag efter i dag, senast { $day }.
refused-out_of_calendar = Dagen ligger utanför kalendern.
refused-other = Det går inte med den här återkopplingen.
form-title = Formuläret gick inte att läsa
form-lead = Det som skickades var inte det som sidan frågade efter. Gå tillbaka, ladda om sidan och försök igen.
missing-title = Sidan finns inte
missing-lead = Antingen är adressen felskriven, eller så är det inget som du ska se.
forbidden-title = Det gick inte
forbidden-lead = Begäran kom från en annan webbplats. Öppna Återkom och tryck på knappen där.
trouble-title = Något gick fel hos oss
trouble-lead = Det går inte att läsa eller spara just nu. Vänta en liten stund och försök igen. Samtal tas emot och sparas ändå så snart det går.
to-start = Till startsidan

## Min enhet
unit-title = Återkopplingar i dina enheter
unit-title-of = Återkopplingar i { $unit }
unit-lists = Listor
unit-lead = Alla som väntar på svar, i ordning efter sista dag. Namnen visar vem som ansvarar nu, inte vem som är snabb eller långsam.
unit-empty = Ingen väntar på svar.
unit-by-unit = Enhet för enhet
concern-all = Alla öppna
concern-empty = Ingen står här just nu.
concern-late = Försenade
concern-late-lead = Sista dagen är slut, och ingen försökte nå den som väntar i tid. Den som har väntat längst står först. Trycker du ”Jag tar den” går det inte vidare till nästa chef i dag och nästa arbetsdag.
concern-today = Senast i dag
concern-today-lead = Sista dagen är i dag, och ingen har försökt än. Det räcker att någon försöker före midnatt.
concern-agreed = Bruten dag
concern-agreed-lead = Vi kom överens med den som ringde om en viss dag. Dagen är slut, och inget är gjort.
concern-waiting = Väntar på ett ja
concern-waiting-lead = Någon har lämnat över till en annan, som inte har sagt ja. Till dess ansvarar den som lämnade över; har ingen svarat i tid ansvarar den mottagande enhetens expedition.
concern-uncovered = Borta utan ersättare
concern-uncovered-lead = Den som har återkopplingen är borta, och ingen ersättare går in. Expeditionen ansvarar så länge. Du kan lägga in en ersättare under Frånvaro.
concern-not-reached = Försökt, inte nådd
concern-not-reached-lead = Någon försökte i tid, så löftet är hållet. Men { $days } arbetsdagar efter första försöket har de fortfarande inte talats vid.
col-unit = Enhet
col-reference = Referens
col-who = Ansvarig
col-state = Läge
col-contact = Hörde av sig

## Frånvaro
away-title = Frånvaro
away-lead = Medan du är borta går påminnelserna till din ersättare, annars till expeditionen. Skriv inte varför du är borta: det ska inte stå någonstans.
away-lead-other = Medan { $who } är borta går påminnelserna till ersättaren, annars till expeditionen. Fråga inte varför: det ska inte stå någonstans.
away-who = Vem är borta
away-from = Första dagen
away-to = Sista dagen
away-substitute = Ersättare
away-nobody = Ingen: expeditionen
away-save = Spara frånvaron
away-list = Inlagd frånvaro
away-list-other = Inlagd frånvaro för { $who }
away-others = Andra som är eller blir borta
away-by = Inlagd av { $who }.
away-by-file = Från filen { $name }.
away-by-calendar = Från kalendern { $name }.
away-none = Ingen frånvaro är inlagd.
away-row = { $from } till { $to }
away-row-with = { $from } till { $to }, ersättare { $who }
away-remove = Ta bort
away-saved = Frånvaron är sparad.
away-removed = Frånvaron är borttagen.
away-wrong = Frånvaron kunde inte sparas
away-refused-dates = Skriv två datum, till exempel 2026-12-23.
away-refused-ends_before_it_begins = Sista dagen ligger före den första.
away-refused-is_over = Den frånvaron är redan över.
away-refused-too_long = Så lång frånvaro går inte att lägga in. Dela upp den.
away-refused-too_far_ahead = Den ligger för långt fram.
away-refused-nobody_of_us = Bara den som arbetar här kan vara frånvarande.
away-refused-own_substitute = Ingen kan vara sin egen ersättare.
away-refused-substitute_is_gone = Ersättaren arbetar inte här.
away-refused-overlaps = Det finns redan en inlagd frånvaro från { $from } till { $to }.

note-title = Någon vill bli uppringd
note-lead = Den som ska ringa får veta det, som om personen hade lämnat ett meddelande.
note-number = Telefonnummer
note-name = Namn, om du vet det
note-to = Vem ska ringa?
note-to-lead = Namn, anknytning eller enhet. Början räcker.
note-pick = Vem menar du? Tryck på namnet, så sparas anteckningen.
note-about = Vad gäller det?
note-about-lead = Skriv kort, och inget som är hemligt.
note-save = Spara anteckningen
note-saved = Anteckningen är sparad.
note-saved-for = Anteckningen är sparad. { $who } får veta det.
note-wrong = Anteckningen är inte sparad
note-refused-number = Skriv numret som personen nås på.
note-refused-to = Skriv vem som ska ringa.
note-refused-long = Skriv högst 1 000 tecken.

reception-title = Expeditionen
reception-waiting = { $n ->
    [0] Ingen väntar på svar på listan.
    [one] En väntar på svar på listan.
   *[other] { $n } väntar på svar på listan.
}
reception-waiting-many = Fler än { $n } väntar på svar på listan.
reception-soonest = Den första:
reception-list = Till listan
reception-whose = Vems är numret?
reception-q = Namn, nummer, anknytning eller enhet
reception-q-lead = Sök bland kollegor och våra egna nummer. Skriv inte numret till den som ringer.
reception-search = Sök
reception-found-none = Ingen här heter så, och inget nummer eller någon enhet stämmer.
reception-found-many = Visar de { $n } första. Skriv mer för att hitta rätt.
reception-no-line = Har inget eget nummer.
reception-is-away = Borta
reception-until = till och med { $until }
reception-until-back = till och med { $until }, åter { $back }
reception-cover = Svarar i stället
reception-answers = Svarar
reception-reached = Nås på
reception-mailbox = { $unit }, brevlådan
reception-desk = expeditionen, { $unit }
reception-desk-organisation = organisationens expedition
reception-away = Borta i dag
reception-away-until = Borta
reception-away-none = Ingen är borta i dag.
reception-all-units = Alla enheter
reception-name = Namn

## Inställningar
settings-title = Inställningar
settings-language = Språk på sidor och i mejl
settings-language-sv = Svenska
settings-language-en = English
settings-mails = Mejl
settings-digest = Morgonens mejl med allt som väntar på dig kommer kl. { $time }.
settings-why = Det går inte att stänga av: det är så löftet till den som ringde blir ihågkommet.
settings-from = Mejla mig tidigast
settings-until = Mejla mig senast
settings-hours-lead = Nya återkopplingar samlas tills din tid börjar. Det som kommer efter din tid står i nästa morgons mejl. Påminnelsen mitt på dagen kommer alltid inom din tid, och mejl till chefer kommer som vanligt.
settings-new = Mejla mig även under dagen när något nytt kommer
settings-save = Spara inställningarna
settings-saved = Inställningarna är sparade.
settings-refused = Välj språk och tider i listorna. Inget är sparat.
settings-away = Frånvaro och ersättare
settings-away-lead = Ersättare väljer du för varje frånvaro.
settings-substitute = På dina lediga vardagar svarar { $who }, enligt personalfilen.
settings-away-link = Lägg in frånvaro
settings-shared = Du är inloggad med en gemensam brevlåda. Den har inga egna inställningar. Språket byter du längst ner på sidan.
settings-sessions = Inloggning
settings-sessions-lead = Har du glömt dig inloggad någonstans? Logga ut överallt, även här.
settings-everywhere = Logga ut överallt

## Administration
admin-title = Administration
admin-health = Att åtgärda
admin-health-well = Inget att åtgärda.
admin-sources = Växlar
admin-no-sources = Ingen växel är ansluten.
admin-source = Växel
admin-adapter = Format
admin-source-ended = { $adapter } (avslutad)
admin-last-post = Senaste anrop
admin-never = aldrig
admin-posts = Senaste 7 dygnen
admin-waiting = Väntar
admin-unread = Olästa
admin-calendars = Kalendrar
admin-calendar = Kalender
admin-calendar-read = Senast läst
admin-calendar-absences = Frånvaro
admin-calendar-skipped = Obegripliga händelser
admin-unread-title = Anrop som inte kunde läsas
admin-unread-lead = De är kvar. Rätta orsaken och läs dem igen.
admin-unread-none = Alla anrop har lästs.
admin-reason = Orsak
admin-when = När
admin-replay = Läs dem igen
admin-replayed = Anropen läses igen.
admin-dead = Mejl och andra meddelanden som aldrig kom fram
admin-dead-none = Allt har kommit fram.
admin-address = Adress eller kanal
admin-kind = Slag
admin-error = Fel
admin-work = Senaste arbetet
admin-pass = Växelns samtal och tiden gicks igenom { $when }.
admin-pass-never = Inget har gåtts igenom sedan start.
admin-rounds = Utskick
admin-rounds-none = Inget har skickats än.
admin-round = Utskick
admin-result = Resultat
admin-version = Version { $version }.
read-log-title = Läslogg
read-log-lead = Vem som har öppnat uppgifter om någon som har ringt, och vem som har nekats.
read-log-find = Sök
read-log-none = Det finns inget i loggen.
read-log-who = Vem
read-log-what = Vad
read-log-reason = Skäl
read-log-refused = Nekad
read-log-number = nummer
read-log-name = namn
read-log-text = text
read-log-more = Äldre
read-log-all = Hela loggen
kind-digest = Morgonens påminnelse
kind-manager_list = Lista till chef
kind-new = Nytt
kind-nudge = Påminnelse mitt på dagen
kind-sign_in = Länk att logga in med
kind-alarm = Larm
kind-silence = Växeln har tystnat
kind-faults = Fel i det som växeln skickar
kind-test = Provmejl
result-waiting = väntar
result-for_channel = väntar på en kanal
result-rendered = mejl
result-told = till en kanal
result-empty = inget att säga
result-no_address = ingen adress
result-expired = för sent
result-failed = misslyckades
health-no-reception = Organisationen har ingen expedition: samtal till okända nummer når ingen.
health-no-units = Det finns inga enheter: läs in personalfilen.
health-no-manager = Enheten { $unit }: varken den eller någon ovanför har en chef.
health-no-owner = Numret { $line } är ingens: samtalen går till enhetens expedition.
health-no-desk = Enheten { $unit }: varken den eller någon ovanför har en expedition. Skriv en i personalfilen.
health-manager-left = Enheten { $unit }: chefen { $manager } har slutat. Skriv den nya i personalfilen.
health-manager-away = Enheten { $unit }: chefen { $manager } är borta och ingen i enheten svarar i stället. Skriv en ställföreträdare i personalfilen.
health-alias-twice = Numret { $line }: i växeln { $source } betyder { $alias } i stället { $other }. Skriv det för bara ett av dem i personalfilen.
health-no-mail = { $who }: mejl till { $address } kommer inte fram. Rätta adressen i personalfilen eller se över brevlådan.
health-substitute-loop = { $who }: { $day } ersätter de varandra i en ring, eller i mer än tre led, så en expedition får svara. Ange någon annan.
health-no-voicemail = { $who }: missade samtal i 90 dagar men aldrig ett meddelande. Är röstbrevlådan på?
health-no-voicemail-anywhere = Ingen växel har berättat om något meddelande på 90 dagar. Se i docs/pbx hur din växel berättar om röstbrevlådan.
health-unknown-alias = { $n ->
    [one] Ett öppet samtal i växeln { $source } kom till { $alias }, som ingen har. Skriv in numret i personalfilen.
   *[other] { $n } öppna samtal i växeln { $source } kom till { $alias }, som ingen har. Skriv in numret i personalfilen.
}
health-unread = { $n ->
    [one] Ett anrop kunde inte läsas.
   *[other] { $n } anrop kunde inte läsas.
}
health-calendar = Kalendern { $name } har inte gått att läsa: { $n } försök. Det som lästes förut gäller.
health-bounces = Brevlådan för mejl som kommer tillbaka har inte gått att läsa: { $n } försök. Felet: { $error }.
health-dead = { $n ->
    [one] Ett mejl eller annat meddelande kom aldrig fram.
   *[other] { $n } mejl eller andra meddelanden kom aldrig fram.
}
health-channel-ended = Mottagaren av kanalen { $name } är borta sedan { $when }, och inget skickas dit. Rätta felet och kör aterkom channels resume { $name }.
health-fallen-silent = Växeln { $source } har varit tyst sedan { $when }, mot sin vana.
health-stale = { $n ->
    [one] Ett anrop från { $source } avvisades i dag för att klockan inte stämmer.
   *[other] { $n } anrop från { $source } avvisades i dag för att klockan inte stämmer.
}
health-source-twice = Växeln { $source } finns både i konfigurationen och på administrationens sidor. Konfigurationen gäller. Ta bort den där, eller avsluta den som gjordes här.
health-silent = Växeln { $source } har aldrig skickat något.

## En växels anrop
source-choose = Välj växel
source-title = Växeln { $name }
source-back = Till administrationen
source-about = { $adapter }. Växeln skickar till
source-test = Provsamtal
source-test-begin = Gör ett provsamtal
source-test-none = Inget anrop har kommit än.
source-test-seen = Växeln har hört av sig. Titta nedan om det stämmer med ditt samtal.
source-test-ring = Ring ett av organisationens nummer från en telefon utanför växeln och lägg på innan någon svarar.
source-test-look = Vänta en minut och tryck på Titta igen.
source-test-nothing = Kommer det inget? Kontrollera i växeln
source-test-address = att adressen är den som står ovan
source-test-secret = att hemligheten är den rätta: anrop med fel hemlighet avvisas och räknas under aterkom_posts_total i /metrics
source-test-network = att växeln når adressen genom brandväggen.
source-look-again = Titta igen
source-all = Visa alla anrop
source-events = Senaste anropen
source-events-lead = Nummer visas inte i sin helhet. Där du själv får se återkopplingen finns en länk.
source-events-none = Inga anrop.
source-told = Vad växeln sa
source-outcome = Vad det blev
source-callback = Öppna
source-replay = Läs olästa anrop igen
source-new-title = Anslut en växel
source-new-lead = När du sparar får du en adress och oftast en hemlighet att skriva in i växeln. Hemligheten visas bara en gång.
source-new-pbx = Växel
source-new-pbx-lead = Finns din växel inte här? sipgate, och växlar som behöver en egen karta över fälten, skrivs in i konfigurationen: se docs/pbx/sipgate.md och docs/pbx/template.md.
source-new-name = Namn
source-new-name-lead = Högst 40 tecken: a–z, 0–9 och bindestreck. Namnet kan inte ändras, för det står sist i adressen:
source-new-secret = Hemlighet
source-new-secret-lead = Lämna tomt, så gör Återkom en. De här gör en själva, och den skriver du in här: { $pbxs }.
source-secret-by-us = Lämna tomt, så gör Återkom en.
source-secret-by-vendor = Skriv den nya hemlighet som växeln eller leverantören har gjort.
source-new-country = Land
source-new-country-lead = Två bokstäver. Nummer utan landskod läses som i det landet.
source-new-area-code = Riktnummer
source-new-zone = Tidszon
source-new-save = Anslut växeln
source-wrong = Inget är sparat
source-refused-name = Skriv ett namn av a–z, 0–9 och bindestreck, högst 40 tecken och inte new.
source-refused-name_taken = Det finns eller har funnits en växel med det namnet. Välj ett annat.
source-refused-adapter = Välj växel i listan.
source-refused-country = Skriv landet med två bokstäver, till exempel SE.
source-refused-area_code = Skriv riktnumret med siffror, högst sex, eller lämna det tomt.
source-refused-zone = Skriv en tidszon, till exempel Europe/Stockholm.
source-refused-secret_missing = Den här växeln gör hemligheten själv. Skriv in den.
source-refused-secret_long = Hemligheten är för lång: skriv högst 500 tecken.
source-refused-secret = Hemligheten kan inte användas:
source-made = Sparat. Hemligheten visas inte igen. Kom den bort, så gör en ny.
source-secret = Hemligheten
source-secret-once = Kopiera den nu. Den visas aldrig igen.
source-how = Så gör du i växeln
source-more = Mer står i docs/pbx/{ $adapter }.md i Återkoms dokumentation.
source-change = Ändra
source-secret-made = Hemlighet från { $when }. Den gäller.
source-secret-until = Hemlighet från { $when }. Den gäller till { $until }.
source-end-old = Avsluta den gamla hemligheten nu
source-old-ended = Bara den nyaste hemligheten gäller nu.
source-rotate = Byt hemlighet
source-rotate-lead = Båda gäller tills den gamla tar slut, så att du hinner skriva in den nya i växeln.
source-rotate-days = Så länge gäller den gamla
source-days = { $n ->
    [one] En dag
   *[other] { $n } dagar
}
source-end = Avsluta växeln
source-end-lead = Anrop från växeln avvisas sedan. Det som den har berättat finns kvar. Det går inte att ångra, och namnet kan inte användas igen.
source-end-now = Avsluta för gott
source-ended = Växeln är avslutad.
source-ended-at = Avslutad { $when }. Anrop avvisas. Det som växeln har berättat finns kvar.

## Växlar, och vad man gör i dem
pbx-title-3cx = 3CX
pbx-title-46elks = 46elks
pbx-title-aircall = Aircall
pbx-title-asterisk = Asterisk, FreePBX, VitalPBX
pbx-title-dialpad = Dialpad
pbx-title-freeswitch = FreeSWITCH, FusionPBX
pbx-title-kazoo = Kazoo (2600Hz)
pbx-title-ms-graph = Microsoft Teams
pbx-title-native = Eget program (Återkoms eget format)
pbx-title-placetel = Placetel
pbx-title-plivo = Plivo
pbx-title-ringcentral = RingCentral
pbx-title-sipgate = sipgate
pbx-title-telnyx = Telnyx
pbx-title-template = Egen karta över fälten
pbx-title-twilio = Twilio
pbx-title-vonage = Vonage
pbx-title-wazo = Wazo
pbx-title-webex = Webex Calling
pbx-title-yeastar = Yeastar P-Series
pbx-title-zammad-cti = Zammads generiska CTI
pbx-title-zoom-phone = Zoom Phone
pbx-how-3cx = Lägg in mallen under Integrations, CRM, Server side. Skriv adressen och hemligheten i den och slå på Call Journaling.
pbx-how-46elks = Skriv { $address }/HEMLIGHETEN/hangup som whenhangup i första steget av varje samtal, och { $address }/HEMLIGHETEN/recording som record.
pbx-how-aircall = Skapa en webhook med adressen under Integrations & API, Webhooks, för call.ended, call.voicemail_left och call.answered. Hemligheten är den token som Aircall visar bredvid den.
pbx-how-asterisk = Lägg filerna från contrib/asterisk på växeln. Skriv adressen och raden header = "Authorization: Bearer HEMLIGHETEN" i aterkom.curl.
pbx-how-dialpad = Skapa en webhook med adressen och hemligheten genom Dialpads API, och en prenumeration på samtalshändelser.
pbx-how-freeswitch = Skriv { $address }/HEMLIGHETEN som url i json_cdr.conf.xml, och ladda mod_json_cdr om.
pbx-how-kazoo = Skapa två webhookar, notifications och channel_destroy, med adressen { $address }/HEMLIGHETEN. Missade samtal syns bara där samtalsflödet har missed_call_alert.
pbx-how-ms-graph = Skapa en prenumeration på communications/callRecords med adressen och med hemligheten som clientState. Den här versionen gör inga återkopplingar av det som kommer.
pbx-how-native = Låt programmet posta till adressen med Authorization: Bearer HEMLIGHETEN. Kan det skriva under, ge det en hemlighet som börjar med whsec_ i stället.
pbx-how-placetel = Skriv adressen och hemligheten (shared secret) under Settings, External APIs, och välj numren.
pbx-how-plivo = Skriv { $address }/hangup som Hangup URL, { $address }/dial som action för <Dial> och { $address }/recording för <Record>. Hemligheten är Auth Token för kontot som äger numren.
pbx-how-ringcentral = Skapa en prenumeration med adressen och med hemligheten som validationToken. En adress som felar stängs av för gott: kontrollera prenumerationen varje dag.
pbx-how-sipgate = Skriv { $address }/HEMLIGHETEN under sipgate.io, Webhooks, URLs, för inkommande och utgående samtal.
pbx-how-telnyx = Låt Telnyx, eller programmet som styr samtalen, posta till adressen. Hemligheten är Public Key under Keys & Credentials.
pbx-how-template = Låt växeln posta till adressen. Kartan över fälten står i konfigurationen.
pbx-how-twilio = Skriv { $address }/status under Call status changes, { $address }/dial som action för <Dial> och { $address }/recording för <Record>. Hemligheten är kontots Auth Token.
pbx-how-vonage = Skriv { $address }/event som Event URL, med POST, och slå på Use signed webhooks. Hemligheten är kontots signature secret under API Settings.
pbx-how-wazo = Skapa en prenumeration i wazo-webhookd med adressen { $address }/HEMLIGHETEN och de fyra händelser som dokumentationen nämner.
pbx-how-webex = Skapa en webhook för telephony_calls med adressen som targetUrl och med hemligheten som secret.
pbx-how-yeastar = Slå på Webhook Event Push under Integrations, API. Skriv adressen, välj POST och händelsen 30012. Hemligheten är den som växeln visar där.
pbx-how-zammad-cti = Skriv { $address }/HEMLIGHETEN där växeln frågar efter Zammads adress, för newCall, answer och hangup.
pbx-how-zoom-phone = Lägg till en prenumeration på händelser med adressen i appen på Zooms Marketplace och tryck på Validate. Hemligheten är appens Secret Token.
event-from = Från { $party }.
event-to = Till { $party }.
event-step = En del av samtalet.
event-ended = En del av samtalet slutade.
event-ringing = Det ringer.
event-talking = Någon svarade.
event-answered = Besvarat.
event-answered-talk = Besvarat, talade { $seconds } sekunder.
event-not-answered = Inte besvarat: { $why }.
event-message = Meddelande.
event-message-length = Meddelande, { $seconds } sekunder.
event-waiting = Väntar på att läsas.
event-unread = Kunde inte läsas:
event-nothing = Inget av intresse för återkopplingar.
event-known = Inget nytt: ett tidigare anrop sa samma sak.
event-settles = Samtalet pågår eller väntar på fler anrop. Det bedöms { $when }.
event-callback = Återkoppling: { $who }. Utan sista dag.
event-callback-due = Återkoppling: { $who }. Senast { $day }.
event-callback-ended = Återkoppling: { $who }. Avslutad.
not-owed-answered = Ingen återkoppling: någon svarade.
not-owed-nobody = Ingen återkoppling: dolt nummer och inget meddelande.
not-owed-hung-up = Ingen återkoppling: den som ringde lade på nästan genast.
not-owed-not-followed-up = Ingen återkoppling: ni följer inte upp missade samtal utan meddelande.
not-owed-blocked = Ingen återkoppling: numret är spärrat.
not-owed-called = Vi ringde ut och fick svar. Väntade den uppringda på oss är det noterat.
not-owed-tried = Vi ringde ut utan svar. Väntade den uppringda på oss är försöket noterat.
not-owed-nothing = Ingen återkoppling: samtalet säger inte vem som ringde eller hur det slutade.
not-owed-then = Ingen återkoppling enligt de regler som gällde då.
why-no-answer = ingen svarade
why-busy = upptaget
why-refused = samtalet avvisades
why-abandoned = den som ringde lade på
why-offline = telefonen var inte ansluten
why-closed = stängt
why-do-not-disturb = stör ej
why-unknown = växeln säger inte varför

report-title = Uppföljning
report-as-of = Det som kom in under perioden, så som det står { $day }.
report-goes-on = Perioden är inte slut: siffrorna ändras.
report-signed = undertecknat { $day }
report-with-below = { $unit }, med enheterna under
report-itself = { $unit }, bara enheten själv
report-with-message = med meddelande
report-without-message = utan meddelande
report-share = { $n } av { $of } ({ $percent }{"\u00A0"}%)
report-nothing = inga
report-too-few = färre än 5
report-not-yet = ännu inte
report-none-open = ingen öppen
report-none-agreed = inga
report-counts = Vad som räknas
report-counts-month = En återkoppling hör till den månad då det första samtalet eller meddelandet kom, och till den enhet som ansvarar för den.
report-counts-own = Här räknas återkopplingar som är dina: de som kom till ditt nummer, och de som du har tagit emot av andra. Har du lämnat över en till någon annan räknas den där, även om du försökte först. Har en ersättare ringt räknas det också, för löftet var ditt.
report-counts-shares = Andelarna gäller de återkopplingar vars sista dag och andra arbetsdag är slut. De andra finns bara i raden "tiden inte är slut".
report-counts-days = Arbetsdagar räknas efter enhetens kalender; dagen då någon hörde av sig räknas inte.
report-counts-words = Försökt: någon ringde eller mejlade. Nådd: ni har talats vid, eller svaret är mejlat. Klar: återkopplingen är avslutad, hur det än gick. Klar enligt växeln: växeln såg ett samtal på minst 20 sekunder, och ingen har sagt något annat.
report-counts-spread = Median: så många arbetsdagar väntade den i mitten. 90 av 100: så många eller färre väntade nio av tio. Det som inte har hänt räknas som längst; "ännu inte" betyder att så många inte är försökta eller nådda.
report-counts-small = Färre än 5: en så liten grupp visas inte, och inte heller den som skulle avslöja den.
report-counts-agreed = Överenskomna dagar: andelen av dem som är över, eller som hölls dessförinnan. En dag hålls med "klar" eller "ej klar, ny dag". Ingenting räknas per person.
figure-counted = Räknas
figure-within_time = varav tiden inte är slut
figure-attempted_1 = Försökt inom 1 arbetsdag
figure-attempted_2 = Försökt inom 2 arbetsdagar
figure-reached_1 = Nådd inom 1 arbetsdag
figure-reached_2 = Nådd inom 2 arbetsdagar
figure-kept = Hållen: försökt senast sista dagen
figure-late = Försenad
figure-closed_untried = Avslutad i tid utan försök
figure-resolved = Klar
figure-reached_by_pbx = varav klar enligt växeln
figure-attempted_median = Dagar till försök, median
figure-attempted_p90 = Dagar till försök, 90 av 100
figure-reached_median = Dagar tills nådd, median
figure-reached_p90 = Dagar tills nådd, 90 av 100
figure-agreed = Överenskomna dagar som hölls
figure-longest_open = Längst öppen, arbetsdagar
figure-excluded = Räknas inte
figure-contradicted = ingen väntade på svar
figure-joined = fortsätter i en annan återkoppling
figure-nothing_promised = utan sista dag, bara på listan
figure-not_a_request = inget att återkomma om
figure-no_contact_details = uppgift att nå personen saknas
follow-up-unit = Enhet
follow-up-show = Visa
follow-up-months = Månader
follow-up-month = Månad
follow-up-figure = Uppgift
follow-up-large = De som lämnade meddelande: det är dem policyn handlar om.
follow-up-trend = Så har det gått det senaste året, med meddelande
follow-up-trend-table = Diagrammets siffror som tabell
follow-up-trend-none = Ingen som lämnade meddelande det senaste året är räknad här än.
follow-up-csv = Hämta som CSV
follow-up-comment = Månadens kommentar
follow-up-what = Vad siffrorna beror på
follow-up-action = Vad ni gör åt det
follow-up-sign-lead = När du undertecknar står månadens siffror kvar så som de är nu, för alltid. Skriv inga namn på personer.
follow-up-sign = Underteckna månaden
follow-up-signed = Månaden är undertecknad.
follow-up-signature = Undertecknad av { $who } { $at }. Siffrorna är de som gällde då.
follow-up-not-over = Månaden kan kommenteras och undertecknas när den är slut, efter { $day }.
follow-up-no-comment = Skriv vad siffrorna beror på. Inget är undertecknat ännu.
follow-up-too-long = Texten är för lång: skriv högst { $most } tecken i varje ruta. Inget är undertecknat ännu.
follow-up-counted-at = Siffrorna på sidan räknades { $at } och räknas om efter några minuter.
follow-up-incomplete = Siffrorna räknas om efter en uppdatering och är inte fullständiga ännu. Kom tillbaka om en stund.
help-title = Så fungerar Återkom
help-link = Så fungerar det
accessibility-title = Tillgänglighetsredogörelse
accessibility-link = Tillgänglighet

## Kom igång
set-up-title = Kom igång
set-up-left = Något återstår innan Återkom är igång.
set-up-lead = Fem steg, så fungerar återkopplingarna. Sidan ser själv vad som är klart.
set-up-all-done = Allt är på plats. Samtal som ingen svarar på blir nu återkopplingar.
set-up-done = Klart
set-up-open = Återstår
set-up-people = Läs in personalen
set-up-people-there = Medarbetare: { $employees }. Nummer: { $lines }.
set-up-people-how = Skriv enheter, medarbetare och nummer i ett kalkylark, spara det som CSV och läs in det här. Du ser vad som ändras innan något görs.
set-up-reception = Ange expeditionen
set-up-reception-how = Skriv en brevlåda som någon läser i konfigurationen: reception under [organisation]. Dit går samtal till nummer som ingen har. Starta sedan om.
set-up-mail = Skicka mejl
set-up-mail-how = Skicka ett provmejl till dig själv. Det går genast.
set-up-mail-folder = Nu skrivs mejl till en mapp och ingen får dem. Skriv er mejlserver under [mail] i konfigurationen och starta om.
set-up-mail-send = Skicka ett provmejl
set-up-mail-asked = Provmejlet är på väg.
set-up-mail-sent = Mejlservern tog emot provmejlet { $when }. Titta i din inkorg.
set-up-mail-queued = Provmejlet väntar på att skickas.
set-up-mail-over = Provmejlet kom inte fram. Kommandot aterkom check visar vad mejlservern säger.
set-up-source = Anslut växeln
set-up-call = Ring ett provsamtal
set-up-latest = Det senaste från

## Administrationens sidor
tabs-label = Administrationens sidor
tab-overview = Översikt
tab-people = Medarbetare
tab-calendar = Arbetsdagar
tab-policy = Regler
tab-mail = Mejl
tab-retention = Gallring
tab-read-log = Läslogg

## Medarbetare, enheter och nummer
people-title = Medarbetare, enheter och nummer
people-there = Enheter: { $units }. Medarbetare: { $employees }. Nummer: { $lines }.
people-lead = De kommer ur personfilen. Ändra i den och läs in den igen.
people-file-title = Läs in personfilen
people-file-back = Till medarbetare, enheter och nummer
people-file-send = Välj en fil
people-file-lead = Först visas vad filen ändrar. Inget ändras förrän du har godkänt det.
people-file-choose = Personfilen (CSV)
people-file-look = Visa vad som ändras
people-file-format = Så ser filen ut
people-file-format-lead = En rad för varje enhet, medarbetare och nummer. Filen gäller helt och hållet: det som inte står i den räknas som borta. Kolumnerna beskrivs i
people-file-now = Hämta filen som den ser ut i dag och ändra i den.
people-file-first = Hämta en tom fil med alla kolumner och fyll i den.
people-file-fetch = Hämta filen
people-file-name = personal.csv
people-file-none = Välj en fil som inte är tom.
people-file-large = Filen är för stor. Den får vara högst { $n } MB.
people-file-wrong = { $n ->
    [one] Filen har ett fel. Inget har ändrats.
   *[other] Filen har { $n } fel. Inget har ändrats.
}
people-file-cell = Rad { $line }, kolumn { $column }:
people-file-line = Rad { $line }:
people-file-more = Och { $n } till.
people-file-shown = Vad filen ändrar
people-file-same = Filen säger det som redan gäller. Inget ändras.
people-file-effect = { $n ->
    [one] En ändring. Den är inte gjord än.
   *[other] { $n } ändringar. De är inte gjorda än.
}
people-file-removed = Borta: { $n }
people-file-removed-note = Är filen hel? En medarbetare som är borta kan inte logga in längre, och enheten tar över det som väntar.
people-file-changed = Ändrade: { $n }
people-file-added = Nya: { $n }
people-file-apply = { $n ->
    [one] Gör ändringen
   *[other] Gör { $n } ändringar
}
people-file-not = Ändra inget
people-file-stale = Något har ändrats sedan du såg filens ändringar, så inget är gjort. Så här ser de ut nu.
people-file-done = { $n ->
    [one] Personfilen är inläst. En ändring är gjord.
   *[other] Personfilen är inläst. { $n } ändringar är gjorda.
}
people-file-was-done = Personfilen är redan inläst.
people-units = Enheter
people-unit = Enhet
people-under = under
people-none = Inga enheter är inlästa än.
people-manager = Chef
people-deputy = Ställföreträdare
people-mailbox = Gemensam brevlåda
people-employees = Medarbetare
people-employees-none = Ingen medarbetare hör hit.
people-lines = Nummer
people-lines-none = Inget nummer hör hit.
people-name = Namn
people-address = E-post
people-substitute = Ersättare vid deltid
people-more = Just nu
people-until = Slutar { $day }.
people-away = Borta till och med { $day }.
people-off = Arbetar inte i dag.
people-kind = Slag
people-numbers = Nummer och anknytning
people-whose = Vems
people-units-own = enhetens
people-nobodys = ingens: enhetens expedition svarar
people-protected = skyddat
line-person = personligt
line-group = grupp
line-queue = kö
line-switchboard = växel
line-ivr = knappval

## Arbetsdagar
calendar-title = Arbetsdagar
closing-rule = Den som hör av sig ska få svar inom { $days ->
    [one] en arbetsdag
   *[other] { $days } arbetsdagar
}, och dagen då någon hör av sig räknas inte.
closing-lead = Arbetsdagar är måndag till fredag utom helgdagar, aftnar och dagar då enheten är stängd. Är hela organisationen stängd skrivs det i konfigurationen, under calendar.closed: då går inga mejl heller.
closing-title = Stäng en enhet en dag
closing-unit = Enhet
closing-day = Dag
closing-reason = Orsak
closing-look = Visa vad som händer
closing-no-units = Inga enheter är inlästa än.
closing-no-unit = Välj en enhet i listan.
closing-no-day = Skriv dagen som år-månad-dag, till exempel 2026-12-28.
closing-past = Den dagen är förbi. Det som lovats står som det var.
closing-too-far = Så långt fram går det inte. Välj en dag till och med { $day }.
closing-off-anyway = Enheten arbetar inte { $day } ändå.
closing-reason-wrong = Skriv en orsak på en rad, högst { $n } tecken. Den står i förklaringen av sista dagen.
closing-effect = Om { $unit } är stängd { $day }
closing-alone = Det gäller bara den enheten.
closing-below = Det gäller också { $units }.
closing-example = Den som hör av sig { $received } ska få svar senast { $after } i stället för { $before }.
closing-promised = { $n ->
    [one] En öppen återkoppling är redan lovad en dag som inte skulle hålla:
   *[other] { $n } öppna återkopplingar är redan lovade en dag som inte skulle hålla:
}
closing-move = { $n } från { $from } till { $to }
closing-promised-none = Inga löften som redan är givna påverkas.
closing-anew = Räkna om dem. Annars står löftena kvar som de gavs.
closing-save = Stäng den dagen
closing-not = Nej, ändra inget
closing-saved = Dagen är sparad.
closing-counted = { $n ->
    [0] Inga löften räknades om.
    [one] Ett löfte räknades om, och det står i dess historia.
   *[other] { $n } löften räknades om, och det står i deras historia.
}
closing-removed = Dagen räknas igen. Löften som getts under tiden står kvar.
closing-days = Dagar som inte räknas, ett år framåt
closing-days-lead = Lördagar och söndagar räknas aldrig och står inte här.
closing-whose = För
closing-everybody = alla
closing-remove = Ta bort

## Regler
policy-title = Regler
policy-lead = Så här räknar och påminner Återkom nu. Varje regel ändras i konfigurationen, under det namn som står bredvid; starta sedan om.
policy-holds = Så är det
policy-key = Inställning
policy-promise = Löftet
policy-calls = Samtalen
policy-mails = Mejlen
policy-days = Svar inom { $n ->
    [one] en arbetsdag
   *[other] { $n } arbetsdagar
}.
policy-missed-deadline = Missade samtal utan meddelande får samma sista dag som meddelanden.
policy-missed-list = Missade samtal utan meddelande står på listan i { $n } arbetsdagar, utan sista dag.
policy-missed-ignore = Missade samtal utan meddelande följs inte upp.
policy-undo = Ett avslut kan ångras i { $n } arbetsdagar.
policy-not-reached = Den som försökts men inte nåtts kommer på chefens lista efter { $n } arbetsdagar.
policy-message = Röstmeddelanden kortare än { $n } sekunder räknas som missade samtal.
policy-ring = Den som lägger på inom { $n } sekunder medan det ringer följs inte upp.
policy-talk = Ett samtal på minst { $n } sekunder med personen räknas som att ni talats vid.
policy-settle = Ett samtal bedöms { $n } sekunder efter det sista växeln sagt om det.
policy-shared = Nummer som flera delar, och som därför aldrig slås ihop: { $n }.
policy-blocked = Nummer som inte blir någon återkoppling: { $n }.
policy-window = Mejl går mellan { $from } och { $until }, på arbetsdagar.
policy-new = Nytt samlas i { $n } minuter innan det mejlas.
policy-new-none = Nytt mejlas inte för sig, utan kommer i morgonens mejl.
policy-digest = Morgonens mejl går kl. { $from }, eller när det går, senast { $until }.
policy-nudge = Påminnelsen om dagens sista går kl. { $from }, senast { $until }.
policy-list = Chefens lista går kl. { $from }, senast { $until }.
policy-try = Så prövar ni andra regler på ett års samtal innan ni ändrar:

## Mejl
mail-title = Mejl
mail-lead-server = Mejlen lämnas till er mejlserver.
mail-lead-folder = Mejlen skrivs till en mapp, och ingen får dem. Skriv er mejlserver under [mail] i konfigurationen och starta om.
mail-waiting = Väntar på att skickas
mail-waiting-none = Inget väntar.
mail-waiting-n = { $n ->
    [one] Ett meddelande väntar, skrivet { $when }.
   *[other] { $n } meddelanden väntar. Det äldsta skrevs { $when }.
}
mail-texts = Vad mejlen säger
mail-texts-lead = Varje mejl i varje läge, om personer som inte finns. Egna texter läggs i en mapp. Så ser ni dem också i färg och form:
health-mail-held = Mejlservern tar inte emot något just nu. Mejlen väntar och skickas när den svarar.

## Gallring
retention-title = Gallring
retention-lead = Så länge sparas uppgifter. Varje natt raderas det som är äldre.
retention-what = Vad
retention-long = Sparas
retention-days = { $n ->
    [one] en dag
   *[other] { $n } dagar
}
retention-months = { $n ->
    [one] en månad
   *[other] { $n } månader
}
retention-until-read = tills det är läst
retention-stay = tills vidare
retention-decided = Återkopplingar gallras enligt beslut { $decision }.
retention-undecided = Återkopplingar och deras historia, utan nummer och namn, står kvar tills ni har beslutat om gallring och skrivit beslutet i konfigurationen.
retention-protocol = Protokoll
retention-protocol-lead = Vad som raderats, när och med vilket stöd.
retention-protocol-none = Inget har raderats än.
retention-erased = Antal
retention-by = Stöd
erased-raw_requests = Det som växeln skickade
erased-numbers_of_calls = Nummer i samtal som inte blev någon återkoppling
erased-numbers = Nummer och namn, efter att återkopplingen är klar
erased-texts = Texter, efter att återkopplingen är klar
erased-mail_bodies = Mejlens innehåll
erased-read_log = Vem som öppnat uppgifter
erased-calls = Samtal
erased-absences = Frånvaro, efter dess slut
erased-callbacks = Återkopplingar och deras historia
erased-forgotten = Efter begäran från den som ringt
story-counted_anew = { $who } lät räkna om sista dag, från { $from } till { $to }: arbetsdagarna ändrades

## Hur länge de väntade
follow-up-waits = Hur länge de väntade
follow-up-waits-lead = Arbetsdagar från att någon hörde av sig till första försöket, bland dem vars tid är ute.
follow-up-waits-now = De som väntat längst just nu
follow-up-waits-days = Första försöket
follow-up-worst = De som fick vänta längst
follow-up-worst-lead = Upp till fem vars löfte bröts. Vem det gällde står inte här: uppföljningen räknar återkopplingar, inte människor.
follow-up-worst-attempt = { $n ->
    [one] Hörde av sig { $day }: första försöket efter en arbetsdag.
   *[other] Hörde av sig { $day }: första försöket efter { $n } arbetsdagar.
}
follow-up-worst-end = { $n ->
    [one] Hörde av sig { $day }: avslutad efter en arbetsdag, utan försök.
   *[other] Hörde av sig { $day }: avslutad efter { $n } arbetsdagar, utan försök.
}
follow-up-worst-nothing = { $n ->
    [one] Hörde av sig { $day }: har väntat en arbetsdag, ingen har försökt än.
   *[other] Hörde av sig { $day }: har väntat { $n } arbetsdagar, ingen har försökt än.
}
waited-same_day = samma dag
waited-1 = första arbetsdagen efter
waited-2 = andra arbetsdagen efter
waited-3_to_5 = efter 3–5 arbetsdagar
waited-6_to_10 = efter 6–10 arbetsdagar
waited-more = senare
waited-never = inget försök
