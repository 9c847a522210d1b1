# Återkom in English. The same ids as in sv.ftl: a test sees to it.

## All pages
skip = Skip to content
nav-label = Pages
nav-mine = My callbacks
nav-unit = My unit
nav-units = My units
nav-away = Absence
nav-note = New note
nav-reception = Reception
nav-admin = Administration
signed-in-as = Signed in as { $who }
sign-out = Sign out
language-other = På svenska
language-other-code = sv
footer = We promise that whoever looks for us gets an answer within { $days ->
    [one] one working day
   *[other] { $days } working days
}.
script-copy = Copy
script-copied = Copied
script-changed = Something has changed since you opened the page.
script-reload = Show it

## Days and times
today = today
tomorrow = tomorrow
yesterday = yesterday
moment = { $day } at { $time }

## Sign in
sign-in-title = Sign in
sign-in-lead = Write your e-mail address at work, and you get a link to sign in with. You need no password.
sign-in-address = E-mail address
sign-in-ask = Send the link
sign-in-empty = Write your e-mail address, for example name@municipality.se.
sign-in-wrong = That is not an e-mail address. Write it like this: name@municipality.se.
sign-in-why = Återkom keeps track of who waits for somebody here to call back.
sent-title = Look in your inbox
sent-lead = If the address is somebody's here, a link comes there in a moment. It is good for { $minutes } minutes, and can be used once.
sent-nothing = Nothing came? Look among the junk mail. A link that you got just now is still good. Otherwise: ask for a new one, or ask whoever looks after Återkom whether your address is right.
sent-again = Ask for a new link
open-title = Welcome
open-lead = Press the button to sign in in this browser. You stay signed in for { $days } days.
open-button = Sign in
spent-title = The link is no good
spent-lead = A link is good for { $minutes } minutes, and can be used once. This one is used, too old or misspelt.
signed-out-title = You are signed out
signed-out-lead = Close the browser if others use this computer.
sign-in-again = Sign in again
nobody-title = There is nothing here for you
nobody-lead = The address that you signed in with is nobody's who works here. Ask whoever looks after Återkom.

## A callback on a list
late = Late by { $days ->
    [one] one working day
   *[other] { $days } working days
}
late-was = the last day was { $day }
due-today = Today at the latest
due-later = { $day } at the latest
tried = Tried, not reached
tried-due = { $day } at the latest
tried-due-was = the last day was { $day }
no-deadline = No last day
agreed = Agreed { $day }
agreed-broken = The agreed day is over
agreed-was = it was { $day }
offered = { $who } offers it to { $to }. Answer by { $day }.
offered-unanswered = { $to } did not answer by { $day }. The receiving unit has it now.
by-pbx = Done according to the PBX
rang = Rang { $when }
noted = Noted by us { $when }
rang-line = Rang { $line } { $when }
left-message = Left a message { $when }
left-message-line = Left a message for { $line } { $when }
contacts-more = Has been in touch { $n } times.
attempts-n = { $n ->
    [0] Nobody has tried yet.
    [one] You have tried once.
   *[other] You have tried { $n } times.
}
withheld = Number withheld
unknown-number = Number unknown
forgotten-number = The number was erased
details-hidden = Details are hidden
details-protected = Protected details
details-lead = Number, name and text are hidden. It is noted that you have opened them. They are shown for 15 minutes.
details-lead-protected = The number that the person rang is protected. Write why you need the details. It is noted that you have opened them, and why. They are shown for 15 minutes.
details-reason = Why? (at least 5 characters)
details-open = Show details
details-openers = Has been opened by
details-openers-none = Nobody has opened the details.
reason-title = Write why
reason-lead = The number is protected. Go back and write why you need the details, in 5 to 200 characters.
ended = Done { $when }: { $what }.
for-whom = For { $who }
for-organisation = For the whole organisation
why-this-day = Why that day?
reference = Reference
message-length = { $seconds } seconds
caller-number = Call { $number }

## Buttons
act-attempt = Tried, not reached
act-reached = Reached
act-emailed = Answered by e-mail
act-more = Ended otherwise
act-more-all = Ended otherwise, another day or hand over
act-handled_by_colleague = A colleague has answered
act-caller_reached_us = They reached us themselves
act-not_reachable = Cannot be reached
act-no_contact_details = Cannot be called: number withheld
act-not_a_request = Nothing to answer (private, advertising, wrong number)
act-undo = Undo
act-accept = I accept it
act-decline-not_ours = Decline: does not belong here
act-decline-no_time = Decline: no time
act-take-back = Take the offer back
act-agree = Reached, but not done: agreed day
agree-lead = You have spoken and agreed on a day for the answer. You are reminded the working day before and that morning.
agree-day = Agreed day for the answer
agree-save = Save the day
act-offer = Hand over to the right handler
offer-lead = You stay responsible until the receiver has accepted. The last day does not change.
offer-to = Hand over to (name, extension or unit)
offer-save = Offer
offer-refused-nothing = Write to whom you want to hand it over.
agree-notice = The day is saved. You will be reminded.
offer-notice = The offer is sent. You stay responsible until somebody has accepted.
receiver-nobody = Nobody here is called that, and no number or unit matches.
receiver-several = It may be several: { $names }.
mine-offered = Offered to you
mine-offered-lead = Accept or decline. Whoever offers it stays responsible until you have answered.
mine-sent = You have handed over
accept-notice = You have accepted it. It is yours now.
decline-notice = You have declined. Whoever offered it stays responsible.
act-take = I take it
taken-by = { $who } takes it, until the end of { $day }

## My callbacks
mine-title = My callbacks
mine-lead = Everybody who waits for you to get in touch, day by day. Those who left a message come first.
mine-lead-desk = Everybody who waits for the reception to get in touch, day by day.
mine-late = Late
mine-today = Today, { $day }
mine-tomorrow = Tomorrow, { $day }
mine-next = Next working day, { $day }
mine-later = Later
mine-no-day = Without a last day
figures-link = Your own figures
figures-title = Your figures
figures-lead = Only you see these figures. They are shown to no manager, and nobody is compared with anybody.
mine-empty = Nobody waits for you
mine-empty-lead = When somebody rings and is not answered, or leaves a message, it stands here. You get an e-mail as well.
mine-more = Show more
mine-first = To the beginning of the list
mine-by-pbx = Done according to the PBX
mine-by-pbx-lead = The PBX has seen that you have spoken. Is that wrong? Undo, and the callback stays.
mine-done = Done lately
mine-done-lead = Did something go wrong? You can undo for { $days ->
    [one] one working day
   *[other] { $days } working days
}.
done-notice = Done: { $what }.
attempt-notice = Your attempt is noted. Try again on the next working day.
undone-notice = Undone. The callback is on the list again.
taken-notice = You have taken it. Meanwhile it does not go on to the next manager.

## One callback
callback-recording = The message in the PBX
callback-contacts = When they have been in touch
callback-story = What has happened
callback-do = What have you done?
callback-responsible = Responsible now: { $who }
back-to-list = To the list

## What has happened
story-opened = They were in touch. { $due }
story-opened-due = The last day became { $day }.
story-opened-none = No last day.
story-joined = They were in touch again
story-amended = The PBX told more about the call
story-contact_withdrawn = One of the calls was answered after all, and does not count
story-due_moved = The last day moved from { $from } to { $to }
story-attempted = { $who } tried
story-attempted-reached = { $who } spoke with them
story-resolved_by_pbx = Done according to the PBX: { $what }
story-reopened_by_pbx = The PBX changed its mind: they did not speak
story-made_final = Counts as done
story-resolved = { $who } ended it: { $what }
story-undone = { $who } took it back
story-joined_from = Goes on here together with a newer one
story-listed = Late: the nearest manager was told
story-listed-above = Still late: the manager above was told as well
story-taken = { $who } has taken it, until the end of { $day }
story-handed_over = { $who } offered it to { $to }
story-accepted = { $who } accepted it
story-declined-not_ours = { $who } declined: it does not belong there either
story-declined-no_time = { $who } declined: no time
story-declined-taken_back = { $who } took the offer back
story-hand_over_unanswered = Nobody accepted it. { $to } has it now.
story-agreed = { $who } and the caller agreed on { $day }
story-agreed_day_broken = The agreed day, { $day }, went by
story-left = { $who } has left. Now { $to } has it.
story-withdrawn-contradicted = Taken away: the call was answered after all
story-withdrawn-joined_to = Goes on in an older one that was taken up again
story-withdrawn-lapsed = Taken off the list: it had no last day
nobody = nobody
who-system = Återkom
who-line = { $line } (according to the PBX)
who-mailbox = somebody at a shared mailbox
who-gone = somebody who has left
disposition-reached = reached
disposition-reached_by_pbx = reached, according to the PBX
disposition-emailed = answered by e-mail
disposition-caller_reached_us = they reached us
disposition-handled_by_colleague = a colleague has answered
disposition-not_reachable = could not be reached
disposition-no_contact_details = could not be called
disposition-not_a_request = nothing to answer

## Somebody was faster
stale-title = Somebody was faster
stale-lead = The callback has changed since you opened the page. Nothing that you did was saved. This has happened, the latest first:
stale-now = See how it stands now
refused-title = That did not work
refused-already_resolved = The callback was ended already.
refused-withdrawn = The callback stands on no list any more.
refused-too_few_attempts = Whoever cannot be reached should have been tried at least { $needed } times, on at least { $days } different working days. So far: { $attempts }.
refused-only_by_pbx = Only the PBX can end it so.
refused-has_contact_details = Their number is known, so they can be called.
refused-too_late_to_undo = It could be undone until { $day }.
refused-not_resolved = The callback is open. There is nothing to undo.
refused-not_the_manager = Only a manager of the unit can take it.
refused-already_theirs = It is theirs already.
refused-not_offered = The callback is not offered to anybody any more.
refused-no_day_to_agree_on = Choose a working day after today, { $day } at the latest.
refused-out_of_calendar = The day lies outside the calendar.
refused-other = That is not possible with this callback.
form-title = The form could not be read
form-lead = What was sent is not what the page asked for. Go back, reload the page and try again.
missing-title = There is no such page
missing-lead = Either the address is misspelt, or it is nothing that you should see.
forbidden-title = That did not work
forbidden-lead = The request came from another site. Open Återkom and press the button there.
trouble-title = Something went wrong at our end
trouble-lead = Nothing can be read or saved just now. Wait a moment and try again. Calls are taken and saved as soon as possible all the same.
to-start = To the start page

## My unit
unit-title = Callbacks in your units
unit-title-of = Callbacks in { $unit }
unit-lists = Lists
unit-lead = Everybody who waits for an answer, by their last day. The names show who is responsible now, not who is fast or slow.
unit-empty = Nobody waits for an answer.
unit-by-unit = Unit by unit
concern-all = All open
concern-empty = Nobody is on this list right now.
concern-late = Late
concern-late-lead = The last day is over, and nobody tried in time to reach whoever is waiting. Who has waited longest comes first. If you press “I will take it”, it does not go on to the next manager today and the next working day.
concern-today = Due today
concern-today-lead = The last day is today, and nobody has tried yet. It is enough that somebody tries before midnight.
concern-agreed = Agreed day broken
concern-agreed-lead = We agreed on a day with the caller. The day is over, and nothing was done.
concern-waiting = Waiting for a yes
concern-waiting-lead = Somebody has handed it over, and the other has not said yes. Until then whoever handed it over is responsible; when nobody answered in time, it is the reception of the receiving unit.
concern-uncovered = Away without cover
concern-uncovered-lead = Whoever has the callback is away, and no substitute stands in. Reception is responsible meanwhile. You can enter a substitute under Absence.
concern-not-reached = Tried, not reached
concern-not-reached-lead = Somebody tried in time, so the promise is kept. But { $days } working days after the first attempt the two have still not spoken.
col-unit = Unit
col-reference = Reference
col-who = Responsible
col-state = State
col-contact = Was in touch

## Absence
away-title = Absence
away-lead = While you are away, reminders go to your substitute, otherwise to the reception. Do not write why you are away: it should stand nowhere.
away-lead-other = While { $who } is away, reminders go to the substitute, otherwise to the reception. Do not ask why: it should stand nowhere.
away-who = Who is away
away-from = First day
away-to = Last day
away-substitute = Substitute
away-nobody = Nobody: the reception
away-save = Save the absence
away-list = Absences entered
away-list-other = Absences entered for { $who }
away-others = Others who are or will be away
away-by = Entered by { $who }.
away-by-file = From the file { $name }.
away-by-calendar = From the calendar { $name }.
away-none = No absence is entered.
away-row = { $from } to { $to }
away-row-with = { $from } to { $to }, substitute { $who }
away-remove = Remove
away-saved = The absence is saved.
away-removed = The absence is removed.
away-wrong = The absence could not be saved
away-refused-dates = Write two dates, for example 2026-12-23.
away-refused-ends_before_it_begins = The last day is before the first.
away-refused-is_over = That absence is over already.
away-refused-too_long = An absence that long cannot be entered. Divide it.
away-refused-too_far_ahead = It is too far ahead.
away-refused-nobody_of_us = Only somebody who works here can be away.
away-refused-own_substitute = Nobody can be their own substitute.
away-refused-substitute_is_gone = The substitute does not work here.
away-refused-overlaps = An absence from { $from } to { $to } is entered already.

note-title = Somebody wants to be called back
note-lead = Whoever is to call is told, as if the person had left a message.
note-number = Phone number
note-name = Name, if you know it
note-to = Who is to call?
note-to-lead = Name, extension or unit. The beginning will do.
note-pick = Whom do you mean? Press the name, and the note is saved.
note-about = What is it about?
note-about-lead = Be short, and write nothing that is secret.
note-save = Save the note
note-saved = The note is saved.
note-saved-for = The note is saved. { $who } will be told.
note-wrong = The note is not saved
note-refused-number = Write the number where the person can be reached.
note-refused-to = Write who is to call.
note-refused-long = Write 1,000 characters at most.

reception-title = Reception
reception-waiting = { $n ->
    [0] Nobody on the list waits for an answer.
    [one] One on the list waits for an answer.
   *[other] { $n } on the list wait for an answer.
}
reception-waiting-many = More than { $n } on the list wait for an answer.
reception-soonest = The first:
reception-list = To the list
reception-whose = Whose number is it?
reception-q = Name, number, extension or unit
reception-q-lead = Looks among colleagues and our own numbers. Do not write the number of whoever is calling.
reception-search = Search
reception-found-none = Nobody here is called that, and no number or unit matches.
reception-found-many = Shows the first { $n }. Write more to find the right one.
reception-no-line = Has no number of their own.
reception-is-away = Away
reception-until = until { $until } inclusive
reception-until-back = until { $until } inclusive, back { $back }
reception-cover = Answers instead
reception-answers = Answers
reception-reached = Reached on
reception-mailbox = { $unit }, the mailbox
reception-desk = the reception of { $unit }
reception-desk-organisation = the reception of the organisation
reception-away = Away today
reception-away-until = Away
reception-away-none = Nobody is away today.
reception-all-units = All units
reception-name = Name

## Settings
settings-title = Settings
settings-language = Language of pages and mails
settings-language-sv = Svenska
settings-language-en = English
settings-mails = Mails
settings-digest = The morning mail with everything that waits for you comes at { $time }.
settings-why = It cannot be turned off: it is how the promise to whoever called is remembered.
settings-from = Mail me at the earliest
settings-until = Mail me at the latest
settings-hours-lead = What is new is gathered until your time begins. What comes after your time is in the next morning's mail. The reminder in the middle of the day always comes within your time, and mails to managers come as usual.
settings-new = Mail me during the day as well when something new comes
settings-save = Save the settings
settings-saved = The settings are saved.
settings-refused = Choose language and times in the lists. Nothing is saved.
settings-away = Absence and substitute
settings-away-lead = You choose a substitute for each absence.
settings-substitute = On your weekdays off { $who } answers, by the people file.
settings-away-link = Enter an absence
settings-shared = You are signed in with a mailbox that several share. It has no settings of its own. Change the language at the foot of the page.
settings-sessions = Signing in
settings-sessions-lead = Did you leave yourself signed in somewhere? Sign out everywhere, here too.
settings-everywhere = Sign out everywhere

## Administration
admin-title = Administration
admin-health = To put right
admin-health-well = Nothing to put right.
admin-sources = PBXs
admin-no-sources = No PBX is connected.
admin-source = PBX
admin-adapter = Format
admin-source-ended = { $adapter } (ended)
admin-last-post = Last request
admin-never = never
admin-posts = Last 7 days
admin-waiting = Waiting
admin-unread = Unread
admin-calendars = Calendars
admin-calendar = Calendar
admin-calendar-read = Last read
admin-calendar-absences = Absences
admin-calendar-skipped = Events not understood
admin-unread-title = Requests that could not be read
admin-unread-lead = They are kept. Put the reason right, and read them again.
admin-unread-none = Every request was read.
admin-reason = Reason
admin-when = When
admin-replay = Read them again
admin-replayed = The requests are read again.
admin-dead = Mails and other messages that never arrived
admin-dead-none = Everything has arrived.
admin-address = Address or channel
admin-kind = Kind
admin-error = Error
admin-work = Latest work
admin-pass = Calls and promises were gone through { $when }.
admin-pass-never = Nothing has been gone through since the start.
admin-rounds = Rounds
admin-rounds-none = Nothing was sent yet.
admin-round = Round
admin-result = Result
admin-version = Version { $version }.
read-log-title = Read log
read-log-lead = Who has opened the details of somebody who rang, and who was refused.
read-log-find = Find
read-log-none = There is nothing in the log.
read-log-who = Who
read-log-what = What
read-log-reason = Reason
read-log-refused = Refused
read-log-number = number
read-log-name = name
read-log-text = text
read-log-more = Older
read-log-all = The whole log
kind-digest = Morning digest
kind-manager_list = Manager list
kind-new = New
kind-nudge = Nudge
kind-sign_in = Link to sign in with
kind-alarm = Alarm
kind-silence = The PBX fell silent
kind-faults = Faults in what the PBX sends
kind-test = Test mail
result-waiting = waiting
result-for_channel = waiting for a channel
result-rendered = mailed
result-told = told to a channel
result-empty = nothing to say
result-no_address = no address
result-expired = too late
result-failed = failed
health-no-reception = The organisation has no reception: calls to unknown lines reach nobody.
health-no-units = There are no units: import the people file.
health-no-manager = The unit { $unit }: neither it nor one above has a manager.
health-no-owner = The line { $line } is nobody's: its calls go to the unit's reception.
health-no-desk = The unit { $unit }: neither it nor one above has a reception. Write one in the people file.
health-manager-left = The unit { $unit }: its manager { $manager } has left. Write the new one in the people file.
health-manager-away = The unit { $unit }: its manager { $manager } is away and nobody of the unit stands in. Write a deputy in the people file.
health-alias-twice = The line { $line }: in the PBX { $source }, { $alias } means { $other } instead. Write it for one of them only in the people file.
health-no-mail = { $who }: mail to { $address } does not arrive. Correct the address in the people file, or see to the mailbox.
health-substitute-loop = { $who }: { $day } they stand in for each other in a circle, or more than three deep, so a reception has to answer. Enter somebody else.
health-no-voicemail = { $who }: missed calls for 90 days and never a message. Is the voicemail on?
health-no-voicemail-anywhere = No PBX told of any message in 90 days. See in docs/pbx how yours tells of voicemail.
health-unknown-alias = { $n ->
    [one] One open call in the PBX { $source } came to { $alias }, which is nobody's. Write the number in the people file.
   *[other] { $n } open calls in the PBX { $source } came to { $alias }, which is nobody's. Write the number in the people file.
}
health-unread = { $n ->
    [one] One request could not be read.
   *[other] { $n } requests could not be read.
}
health-calendar = The calendar { $name } could not be read: { $n } attempts. What was read before still counts.
health-bounces = The mailbox for mails that come back could not be read: { $n } attempts. The error: { $error }.
health-dead = { $n ->
    [one] One mail or other message never arrived.
   *[other] { $n } mails or other messages never arrived.
}
health-channel-ended = The receiver of the channel { $name } has been gone since { $when }, and nothing is sent there. Mend it, and run aterkom channels resume { $name }.
health-fallen-silent = The PBX { $source } has been silent since { $when }, against its habit.
health-stale = { $n ->
    [one] One request of { $source } was refused today because its clock is off.
   *[other] { $n } requests of { $source } were refused today because its clock is off.
}
health-source-twice = The PBX { $source } is in the configuration and on the pages of administration as well. The configuration counts. Take it out there, or end the one that was made here.
health-silent = The PBX { $source } has never sent anything.

## A PBX's posts
source-choose = Choose a PBX
source-title = The PBX { $name }
source-back = To administration
source-about = { $adapter }. The PBX posts to
source-test = Test call
source-test-begin = Make a test call
source-test-none = Nothing has come yet.
source-test-seen = The PBX was heard. See below whether it fits your call.
source-test-ring = Ring one of the organisation's numbers from a telephone outside the PBX and hang up before anybody answers.
source-test-look = Wait a minute and press Look again.
source-test-nothing = Does nothing come? Check in the PBX
source-test-address = that the address is the one above
source-test-secret = that the secret is the right one: posts with a wrong one are refused, and counted in aterkom_posts_total in /metrics
source-test-network = that the PBX reaches the address through the firewall.
source-look-again = Look again
source-all = Show all posts
source-events = The last posts
source-events-lead = Numbers are not shown in whole. Where you may see the callback yourself there is a link.
source-events-none = No posts.
source-told = What the PBX said
source-outcome = What came of it
source-callback = Open
source-replay = Read unread posts again
source-new-title = Connect a PBX
source-new-lead = When you save, you get an address and mostly a secret to write down in the PBX. The secret is shown only once.
source-new-pbx = PBX
source-new-pbx-lead = Is your PBX not here? sipgate, and PBXs that need a map of the fields of their own, are written in the configuration: see docs/pbx/sipgate.md and docs/pbx/template.md.
source-new-name = Name
source-new-name-lead = At most 40 characters: a–z, 0–9 and hyphens. The name cannot be changed, for it ends the address:
source-new-secret = Secret
source-new-secret-lead = Leave it empty, and Återkom makes one. These make one themselves, which you write down here: { $pbxs }.
source-secret-by-us = Leave it empty, and Återkom makes one.
source-secret-by-vendor = Write the new secret that the PBX or its vendor has made.
source-new-country = Country
source-new-country-lead = Two letters. Numbers without a country code are read as in that country.
source-new-area-code = Area code
source-new-zone = Time zone
source-new-save = Connect the PBX
source-wrong = Nothing is saved
source-refused-name = Write a name of a–z, 0–9 and hyphens, at most 40 characters and not new.
source-refused-name_taken = There is, or was, a PBX of that name. Choose another one.
source-refused-adapter = Choose a PBX from the list.
source-refused-country = Write the country in two letters, for example SE.
source-refused-area_code = Write the area code in digits, at most six, or leave it empty.
source-refused-zone = Write a time zone, for example Europe/Stockholm.
source-refused-secret_missing = This PBX makes the secret itself. Write it down here.
source-refused-secret_long = The secret is too long: write at most 500 characters.
source-refused-secret = The secret cannot be used:
source-made = Saved. The secret is not shown again. If it got lost, make a new one.
source-secret = The secret
source-secret-once = Copy it now. It is never shown again.
source-how = What to do in the PBX
source-more = There is more in docs/pbx/{ $adapter }.md of Återkom's documentation.
source-change = Change
source-secret-made = Secret of { $when }. It counts.
source-secret-until = Secret of { $when }. It counts until { $until }.
source-end-old = End the old secret now
source-old-ended = Only the newest secret counts now.
source-rotate = Change the secret
source-rotate-lead = Both count until the old one ends, so that there is time to write the new one down in the PBX.
source-rotate-days = So long the old one counts
source-days = { $n ->
    [one] One day
   *[other] { $n } days
}
source-end = End the PBX
source-end-lead = Posts of the PBX are refused from then on. What it told stays. This cannot be undone, and the name cannot be used again.
source-end-now = End it for good
source-ended = The PBX was ended.
source-ended-at = Ended { $when }. Posts are refused. What the PBX told stays.

## PBXs, and what to do in them
pbx-title-3cx = 3CX
pbx-title-46elks = 46elks
pbx-title-aircall = Aircall
pbx-title-asterisk = Asterisk, FreePBX, VitalPBX
pbx-title-dialpad = Dialpad
pbx-title-freeswitch = FreeSWITCH, FusionPBX
pbx-title-kazoo = Kazoo (2600Hz)
pbx-title-ms-graph = Microsoft Teams
pbx-title-native = A program of your own (Återkom's own format)
pbx-title-placetel = Placetel
pbx-title-plivo = Plivo
pbx-title-ringcentral = RingCentral
pbx-title-sipgate = sipgate
pbx-title-telnyx = Telnyx
pbx-title-template = Your own map of the fields
pbx-title-twilio = Twilio
pbx-title-vonage = Vonage
pbx-title-wazo = Wazo
pbx-title-webex = Webex Calling
pbx-title-yeastar = Yeastar P-Series
pbx-title-zammad-cti = Zammad's generic CTI
pbx-title-zoom-phone = Zoom Phone
pbx-how-3cx = Add the template under Integrations, CRM, Server side. Write address and secret in it and switch Call Journaling on.
pbx-how-46elks = Write { $address }/SECRET/hangup as whenhangup in the first action of every call, and { $address }/SECRET/recording as record.
pbx-how-aircall = Make a webhook with the address under Integrations & API, Webhooks, for call.ended, call.voicemail_left and call.answered. The secret is the token that Aircall shows beside it.
pbx-how-asterisk = Put the files of contrib/asterisk on the PBX. Write the address and the line header = "Authorization: Bearer SECRET" in aterkom.curl.
pbx-how-dialpad = Make a webhook with address and secret through Dialpad's API, and a subscription to call events.
pbx-how-freeswitch = Write { $address }/SECRET as url in json_cdr.conf.xml, and reload mod_json_cdr.
pbx-how-kazoo = Make two webhooks, notifications and channel_destroy, with the address { $address }/SECRET. Missed calls are told only where the callflow has missed_call_alert.
pbx-how-ms-graph = Make a subscription to communications/callRecords with the address, and with the secret as clientState. This version makes no callbacks of what comes.
pbx-how-native = Let the program post to the address with Authorization: Bearer SECRET. If it can sign, give it a secret that begins with whsec_ instead.
pbx-how-placetel = Write the address and the secret (shared secret) under Settings, External APIs, and choose the numbers.
pbx-how-plivo = Write { $address }/hangup as Hangup URL, { $address }/dial as action of <Dial> and { $address }/recording of <Record>. The secret is the Auth Token of the account that owns the numbers.
pbx-how-ringcentral = Make a subscription with the address, and with the secret as validationToken. An address that fails is shut out for good: check the subscription every day.
pbx-how-sipgate = Write { $address }/SECRET under sipgate.io, Webhooks, URLs, for incoming and outgoing calls.
pbx-how-telnyx = Let Telnyx, or the program that steers the calls, post to the address. The secret is the Public Key under Keys & Credentials.
pbx-how-template = Let the PBX post to the address. The map of the fields is in the configuration.
pbx-how-twilio = Write { $address }/status under Call status changes, { $address }/dial as action of <Dial> and { $address }/recording of <Record>. The secret is the account's Auth Token.
pbx-how-vonage = Write { $address }/event as Event URL, by POST, and switch Use signed webhooks on. The secret is the account's signature secret under API Settings.
pbx-how-wazo = Make a subscription in wazo-webhookd with the address { $address }/SECRET and the four events that the documentation names.
pbx-how-webex = Make a webhook for telephony_calls with the address as targetUrl, and with the secret as secret.
pbx-how-yeastar = Switch Webhook Event Push on under Integrations, API. Write the address, choose POST and the event 30012. The secret is the one that the PBX shows there.
pbx-how-zammad-cti = Write { $address }/SECRET where the PBX asks for Zammad's address, for newCall, answer and hangup.
pbx-how-zoom-phone = Add an event subscription with the address to the app in Zoom's Marketplace and press Validate. The secret is the app's Secret Token.
event-from = From { $party }.
event-to = To { $party }.
event-step = A part of the call.
event-ended = A part of the call ended.
event-ringing = It rings.
event-talking = Somebody answered.
event-answered = Answered.
event-answered-talk = Answered, talked for { $seconds } seconds.
event-not-answered = Not answered: { $why }.
event-message = A message.
event-message-length = A message, { $seconds } seconds.
event-waiting = Waits to be read.
event-unread = Could not be read:
event-nothing = Of no interest for callbacks.
event-known = Nothing new: an earlier post said the same.
event-settles = The call goes on or waits for more posts. It is judged { $when }.
event-callback = Callback: { $who }. Without a last day.
event-callback-due = Callback: { $who }. By { $day }.
event-callback-ended = Callback: { $who }. Ended.
not-owed-answered = No callback: somebody answered.
not-owed-nobody = No callback: a withheld number and no message.
not-owed-hung-up = No callback: the caller hung up almost at once.
not-owed-not-followed-up = No callback: you do not follow up missed calls without a message.
not-owed-blocked = No callback: the number is blocked.
not-owed-called = We rang out and were answered. If they waited for us, it is noted.
not-owed-tried = We rang out and were not answered. If they waited for us, the attempt is noted.
not-owed-nothing = No callback: the call says neither who rang nor how it ended.
not-owed-then = No callback by the rules of that time.
why-no-answer = nobody answered
why-busy = busy
why-refused = the call was refused
why-abandoned = the caller hung up
why-offline = the telephone was not connected
why-closed = closed
why-do-not-disturb = do not disturb
why-unknown = the PBX does not say why

report-title = Follow-up
report-as-of = What came in during the period, as it stands on { $day }.
report-goes-on = The period is not over: the figures will change.
report-signed = signed { $day }
report-with-below = { $unit }, with the units below
report-itself = { $unit }, the unit by itself
report-with-message = with a message
report-without-message = without a message
report-share = { $n } of { $of } ({ $percent }{"\u00A0"}%)
report-nothing = none
report-too-few = fewer than 5
report-not-yet = not yet
report-none-open = none open
report-none-agreed = none
report-counts = What is counted
report-counts-month = A callback belongs to the month in which its first call or message came, and to the unit that answers for it.
report-counts-own = Callbacks that are yours are counted: those that came to your number, and those that you accepted from others. One that you handed over counts with whoever accepted it, even if you tried first. If a substitute called, that counts too, for the promise was yours.
report-counts-shares = Shares are of the callbacks whose last day and second working day are over. The others are only in the line "the time is not over".
report-counts-days = Working days are those of the unit's calendar; the day on which somebody rang is not counted.
report-counts-words = Attempted: somebody rang or e-mailed. Reached: you have spoken, or the answer was e-mailed. Resolved: it has ended, in whatever way. By the PBX's word: the PBX saw a call of at least 20 seconds, and nobody has said otherwise.
report-counts-spread = Median: the one in the middle waited so many working days. 90 of 100: nine of ten waited so many or fewer. What has not happened counts as the longest; "not yet" means that so many are not attempted or reached.
report-counts-small = Fewer than 5: a group that small is not shown, nor one that would give it away.
report-counts-agreed = Agreed days: the share of those that are over, or were kept before. A day is kept by "done" or by "not done, a new day". Nothing is counted by person.
figure-counted = Counted
figure-within_time = of which the time is not over
figure-attempted_1 = Attempted within 1 working day
figure-attempted_2 = Attempted within 2 working days
figure-reached_1 = Reached within 1 working day
figure-reached_2 = Reached within 2 working days
figure-kept = Kept: attempted by the last day
figure-late = Late
figure-closed_untried = Closed in time without an attempt
figure-resolved = Resolved
figure-reached_by_pbx = of which by the PBX's word
figure-attempted_median = Days until attempted, median
figure-attempted_p90 = Days until attempted, 90 of 100
figure-reached_median = Days until reached, median
figure-reached_p90 = Days until reached, 90 of 100
figure-agreed = Agreed days kept
figure-longest_open = Longest open, working days
figure-excluded = Not counted
figure-contradicted = nobody waited for an answer
figure-joined = goes on in another callback
figure-nothing_promised = without a last day, only listed
figure-not_a_request = not a request
figure-no_contact_details = no contact details
follow-up-unit = Unit
follow-up-show = Show
follow-up-months = Months
follow-up-month = Month
follow-up-figure = Figure
follow-up-large = Those who left a message: they are whom the policy speaks of.
follow-up-trend = How it has gone in the last year, with a message
follow-up-trend-table = The figures of the chart as a table
follow-up-trend-none = Nobody who left a message in the last year is counted here yet.
follow-up-csv = Download as CSV
follow-up-comment = The month's comment
follow-up-what = Why the figures are what they are
follow-up-action = What you do about it
follow-up-sign-lead = When you sign, the month's figures stay as they are now, for ever. Write no names of people.
follow-up-sign = Sign the month
follow-up-signed = The month is signed.
follow-up-signature = Signed by { $who } { $at }. The figures are those of that moment.
follow-up-not-over = The month can be commented and signed when it is over, after { $day }.
follow-up-no-comment = Write why the figures are what they are. Nothing is signed yet.
follow-up-too-long = The text is too long: write at most { $most } characters in each box. Nothing is signed yet.
follow-up-counted-at = The figures on this page were counted { $at }, and are counted again after some minutes.
follow-up-incomplete = The figures are being counted again after an update, and are not complete yet. Come back in a while.
help-title = How Återkom works
help-link = How it works
accessibility-title = Accessibility statement
accessibility-link = Accessibility

## Set up
set-up-title = Set up
set-up-left = Something is left to do before Återkom works.
set-up-lead = Five steps, and callbacks work. The page sees by itself what is done.
set-up-all-done = Everything is in place. Calls that nobody answers become callbacks now.
set-up-done = Done
set-up-open = To do
set-up-people = Import the people
set-up-people-there = Employees: { $employees }. Lines: { $lines }.
set-up-people-how = Write units, employees and numbers in a spreadsheet, save it as CSV and read it in here. You see what changes before anything is done.
set-up-reception = Name the reception
set-up-reception-how = Write a mailbox that somebody reads in the configuration: reception under [organisation]. Calls to numbers that nobody has go there. Restart then.
set-up-mail = Send mails
set-up-mail-how = Send a test mail to yourself. It goes at once.
set-up-mail-folder = Mails are written to a folder now and nobody gets them. Write your mail server under [mail] in the configuration and restart.
set-up-mail-send = Send a test mail
set-up-mail-asked = The test mail is under way.
set-up-mail-sent = The mail server took the test mail { $when }. Look in your inbox.
set-up-mail-queued = The test mail waits to be sent.
set-up-mail-over = The test mail did not arrive. The command aterkom check shows what the mail server says.
set-up-source = Connect the PBX
set-up-call = Make a test call
set-up-latest = The latest from

## The administrator's pages
tabs-label = Pages of the administration
tab-overview = Overview
tab-people = People
tab-calendar = Working days
tab-policy = Rules
tab-mail = Mail
tab-retention = Erasure
tab-read-log = Read log

## People, units and lines
people-title = People, units and numbers
people-there = Units: { $units }. Employees: { $employees }. Numbers: { $lines }.
people-lead = They come from the people file. Change it and read it in again.
people-file-title = Read in the people file
people-file-back = To employees, units and numbers
people-file-send = Choose a file
people-file-lead = First you see what the file changes. Nothing changes until you agree.
people-file-choose = The people file (CSV)
people-file-look = Show what changes
people-file-format = What the file looks like
people-file-format-lead = A row for each unit, employee and number. The file counts as a whole: what is not in it counts as gone. Its columns are described in
people-file-now = Fetch the file as it is today and change it.
people-file-first = Fetch an empty file with all columns and fill it in.
people-file-fetch = Fetch the file
people-file-name = people.csv
people-file-none = Choose a file that is not empty.
people-file-large = The file is too large. It may have { $n } MB at most.
people-file-wrong = { $n ->
    [one] The file has an error. Nothing has changed.
   *[other] The file has { $n } errors. Nothing has changed.
}
people-file-cell = Line { $line }, column { $column }:
people-file-line = Line { $line }:
people-file-more = And { $n } more.
people-file-shown = What the file changes
people-file-same = The file says what is so already. Nothing changes.
people-file-effect = { $n ->
    [one] One change. It is not made yet.
   *[other] { $n } changes. They are not made yet.
}
people-file-removed = Gone: { $n }
people-file-removed-note = Is the file whole? An employee who is gone cannot sign in any more, and the unit takes over what waits.
people-file-changed = Changed: { $n }
people-file-added = New: { $n }
people-file-apply = { $n ->
    [one] Make the change
   *[other] Make { $n } changes
}
people-file-not = Change nothing
people-file-stale = Something has changed since you saw what the file changes, so nothing was done. This is what it changes now.
people-file-done = { $n ->
    [one] The people file is read in. One change is made.
   *[other] The people file is read in. { $n } changes are made.
}
people-file-was-done = The people file was read in already.
people-units = Units
people-unit = Unit
people-under = under
people-none = No units have been read yet.
people-manager = Manager
people-deputy = Deputy
people-mailbox = Shared mailbox
people-employees = Employees
people-employees-none = No employee belongs here.
people-lines = Numbers
people-lines-none = No number belongs here.
people-name = Name
people-address = E-mail
people-substitute = Substitute on days off
people-more = Right now
people-until = Leaves { $day }.
people-away = Away until { $day }.
people-off = Does not work today.
people-kind = Kind
people-numbers = Numbers and extension
people-whose = Whose
people-units-own = the unit's
people-nobodys = nobody's: the unit's reception answers
people-protected = protected
line-person = personal
line-group = group
line-queue = queue
line-switchboard = switchboard
line-ivr = menu

## Working days
calendar-title = Working days
closing-rule = Whoever gets in touch is to have an answer within { $days ->
    [one] one working day
   *[other] { $days } working days
}, and the day on which somebody gets in touch is not counted.
closing-lead = Working days are Monday to Friday, except public holidays, eves and days on which the unit is closed. Where the whole organisation is closed, it is written in the configuration, under calendar.closed: then no mails go out either.
closing-title = Close a unit for a day
closing-unit = Unit
closing-day = Day
closing-reason = Reason
closing-look = Show what happens
closing-no-units = No units have been read yet.
closing-no-unit = Choose a unit from the list.
closing-no-day = Write the day as year-month-day, for example 2026-12-28.
closing-past = That day is over. What was promised stays as it was.
closing-too-far = That is too far ahead. Choose a day until { $day }.
closing-off-anyway = The unit does not work on { $day } anyway.
closing-reason-wrong = Write a reason on one line, of { $n } characters at most. It stands in the explanation of the last day.
closing-effect = If { $unit } is closed on { $day }
closing-alone = Only that unit is closed.
closing-below = These are closed too: { $units }.
closing-example = Whoever gets in touch on { $received } is to have an answer by { $after } instead of { $before }.
closing-promised = { $n ->
    [one] One open callback was promised a day that would not hold:
   *[other] { $n } open callbacks were promised a day that would not hold:
}
closing-move = { $n } from { $from } to { $to }
closing-promised-none = No promise that was already made changes.
closing-anew = Count them anew. Otherwise they stay as they were promised.
closing-save = Close that day
closing-not = No, change nothing
closing-saved = The day is saved.
closing-counted = { $n ->
    [0] No promises were counted anew.
    [one] One promise was counted anew; its story says so.
   *[other] { $n } promises were counted anew; their stories say so.
}
closing-removed = The day counts again. Promises made meanwhile stay.
closing-days = Days that do not count, for a year ahead
closing-days-lead = Saturdays and Sundays never count, and are not listed.
closing-whose = For
closing-everybody = everybody
closing-remove = Remove

## Rules
policy-title = Rules
policy-lead = This is how Återkom counts and reminds now. Each rule is changed in the configuration, under the name beside it; then restart.
policy-holds = What holds
policy-key = Setting
policy-promise = The promise
policy-calls = The calls
policy-mails = The mails
policy-days = An answer within { $n ->
    [one] one working day
   *[other] { $n } working days
}.
policy-missed-deadline = Missed calls without a message have the same last day as messages.
policy-missed-list = Missed calls without a message are listed for { $n } working days, without a last day.
policy-missed-ignore = Missed calls without a message are not followed up.
policy-undo = An ending can be undone for { $n } working days.
policy-not-reached = Whoever was tried and not reached comes on the manager's list after { $n } working days.
policy-message = Voicemails shorter than { $n } seconds count as missed calls.
policy-ring = Whoever hangs up within { $n } seconds while it rings is not followed up.
policy-talk = A call of at least { $n } seconds with the caller counts as having spoken.
policy-settle = A call is judged { $n } seconds after the last that the PBX said of it.
policy-shared = Numbers that several share, and that are therefore never joined: { $n }.
policy-blocked = Numbers that make no callback: { $n }.
policy-window = Mails go out between { $from } and { $until }, on working days.
policy-new = What is new is gathered for { $n } minutes before it is mailed.
policy-new-none = What is new is not mailed by itself; the morning's mail tells it.
policy-digest = The morning's mail goes out at { $from }, or when it can, { $until } at the latest.
policy-nudge = The reminder of what is due today goes out at { $from }, { $until } at the latest.
policy-list = The manager's list goes out at { $from }, { $until } at the latest.
policy-try = To try other rules on a year of calls before you change them:

## Mail
mail-title = Mail
mail-lead-server = Mails are handed to your mail server.
mail-lead-folder = Mails are written to a folder, and nobody gets them. Write your mail server under [mail] in the configuration, and restart.
mail-waiting = Waiting to be sent
mail-waiting-none = Nothing is waiting.
mail-waiting-n = { $n ->
    [one] One message is waiting, written { $when }.
   *[other] { $n } messages are waiting. The oldest was written { $when }.
}
mail-texts = What mails say
mail-texts-lead = Every mail in every state, about people who do not exist. Texts of your own go into a folder. To see them in their form and colours too:
health-mail-held = The mail server takes nothing right now. Mails wait, and are sent when it answers.

## Erasure
retention-title = Erasure
retention-lead = For so long things are kept. Every night what is older is erased.
retention-what = What
retention-long = Kept for
retention-days = { $n ->
    [one] one day
   *[other] { $n } days
}
retention-months = { $n ->
    [one] one month
   *[other] { $n } months
}
retention-until-read = until it is read
retention-stay = until further notice
retention-decided = Callbacks are erased by decision { $decision }.
retention-undecided = Callbacks and their stories, without numbers and names, stay until you have decided on their disposal and written the decision in the configuration.
retention-protocol = Protocol
retention-protocol-lead = What was erased, when, and on what grounds.
retention-protocol-none = Nothing has been erased yet.
retention-erased = Number
retention-by = Grounds
erased-raw_requests = What the PBX sent
erased-numbers_of_calls = Numbers of calls that became no callback
erased-numbers = Numbers and names, after the callback has ended
erased-texts = Texts, after the callback has ended
erased-mail_bodies = The content of mails
erased-read_log = Who opened details
erased-calls = Calls
erased-absences = Absences, after their end
erased-callbacks = Callbacks and their stories
erased-forgotten = At the request of a caller
story-counted_anew = { $who } had the last day counted anew, from { $from } to { $to }: working days changed

## How long they waited
follow-up-waits = How long they waited
follow-up-waits-lead = Working days from when somebody got in touch to the first try, of those whose time is over.
follow-up-waits-now = Who has waited longest right now
follow-up-waits-days = First try
follow-up-worst = Those who waited longest
follow-up-worst-lead = Up to five whose promise was broken. Whose they were is not said: follow-up counts callbacks, not people.
follow-up-worst-attempt = { $n ->
    [one] Came { $day }: first attempt after one working day.
   *[other] Came { $day }: first attempt after { $n } working days.
}
follow-up-worst-end = { $n ->
    [one] Came { $day }: ended after one working day, without an attempt.
   *[other] Came { $day }: ended after { $n } working days, without an attempt.
}
follow-up-worst-nothing = { $n ->
    [one] Came { $day }: has waited for one working day, nobody has tried yet.
   *[other] Came { $day }: has waited for { $n } working days, nobody has tried yet.
}
waited-same_day = the same day
waited-1 = the first working day after
waited-2 = the second working day after
waited-3_to_5 = after 3–5 working days
waited-6_to_10 = after 6–10 working days
waited-more = later
waited-never = no try
