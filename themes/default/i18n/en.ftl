# The words of the interface, in English. Plain words, short sentences: many readers are in a
# hurry, and English is the second language of most of them.
# A site changes one of them in its own theme's i18n/en.ftl.

language-name = English

## Time

# $offset is whole, as in "GMT+3".
moment = { $date }, { $time } ({ $offset })
# On a page that has the offset in another line.
moment-here = { $date }, { $time }
when-range = { $from } to { $to }
when-until = until { $about ->
        [yes] about { $when }
       *[no] { $when }
    }
when-since = since { $about ->
        [yes] about { $when }
       *[no] { $when }
    }
# Of something that happened once: not later than the end of a month or a year.
when-by = by { $about ->
        [yes] about{ " " }
       *[no] { "" }
    }{ $precision ->
        [year] the end of { $when }
        [month] the end of { $when }
       *[day] { $when }
    }
when-from = from { $about ->
        [yes] about { $when }
       *[no] { $when }
    }
when-about = about { $when }
when-perhaps = perhaps { $when }

## What the front matter calls things

kind-flash = Flash
kind-daily = Daily briefing
kind-situation = Situation report
kind-explainer = Explainer
kind-notice = Notice

claim-kind-event = Event
claim-kind-condition = Condition
claim-kind-statement = Statement
claim-kind-allegation = Allegation
claim-kind-instruction = Instruction
claim-kind-forecast = Forecast
claim-kind-rumour = Rumour

status-unverified = Unverified
status-single-source = One source
status-one-side = One side only
status-corroborated = Two or more independent sources
status-confirmed = Confirmed
status-contested = Sources disagree
status-withdrawn = Withdrawn
status-disproved = Disproved

source-kind-monitor = Monitoring group
source-kind-state-media = State media
source-kind-military = Military
source-kind-government = Government
source-kind-council = Council
source-kind-utility = Utility
source-kind-company = Company
source-kind-school = School
source-kind-shelter = Shelter
source-kind-volunteers = Volunteers
source-kind-activists = Activists
source-kind-resident = Resident
source-kind-civil-defence = Civil defence
source-kind-un = United Nations
source-kind-ngo = Aid or rights organisation
source-kind-medical = Medical
source-kind-news-agency = News agency
source-kind-newsroom = Newsroom
source-kind-reporter = Reporter
source-kind-official = Official
source-kind-document = Document
source-kind-imagery = Pictures, video or satellite images

sees-on-the-spot = It is on the spot
sees-network = From a network of contacts on the spot
sees-relay = It passes on what others say
sees-desk = From a desk, at a distance
sees-unknown = Not known

correction-correction = Correction
correction-clarification = Clarification
correction-update = Update
correction-withdrawal = Withdrawal

topic-health = Health
topic-water = Water
topic-food = Food
topic-shelter = Shelter
topic-movement = Movement
topic-security = Security

precision-building = to a building
precision-street = to a street
precision-neighbourhood = to a neighbourhood
precision-district = to a district
precision-city = to a city
precision-region = to a region

of-neighbourhood = Neighbourhood
of-source = Source
of-event = Event

unattributed = No source named
party-none = No side
party-unknown = Not known

## Pages

menu-home = Home
menu-briefings = Briefings
menu-changes = What changed
menu-neighbourhoods = Neighbourhoods
menu-sources = Sources
menu-dates = Dates
menu-timeline = Timeline
menu-map = Map
menu-figures = Figures
menu-corrections = Corrections
menu-names = Names A–Z
menu-search = Search

title-briefings = Briefings
title-changes = What changed
title-neighbourhoods = Neighbourhoods
title-sources = Sources
title-dates = Dates
title-timeline = Timeline
title-map = Map
title-figures = Figures
title-corrections = Corrections
title-names = Names A–Z
title-search = Search
title-404 = Page not found
title-moved = This page has moved
title-withdrawn = This briefing was withdrawn
title-expired = This briefing has expired
page-number = page { $number }

## The frame of every page

skip = Skip to the text
menu = Menu
languages = Languages
breadcrumbs = You are here
contents = On this page
as-of = Information up to
no-as-of = This page has no time of its own. The home page says what time this copy reaches up to.
told-as-of = This is what was known at { $time }. Texts and records are as they stand today; links to what came later stay on their page.
next-due = Look for a newer copy after
not-translated = Not translated yet. This is the original text.
copy-hint = This may be an old copy. Look at the time at the top of the page, and look for a newer copy if you can.
feeds = Follow
data = Data
data-description = About the data
page-address = Address of this page
page-onion = Over Tor
page-mirrors = Copies
text-twin = This page as plain text
text-page = This text as a page:
text-links = Links
contact = Contact
licence = Licence
# The fingerprint of a key follows. People compare it to see who a copy of the site is from.
key-fingerprint = Signed with key
comma = ,
# Between who says something and what they say.
colon = :
# Around the very words of a source.
quote-open = “
quote-close = ”
briefings-count =
    { $count ->
        [one] { $count } briefing
       *[other] { $count } briefings
    }
# On a card, a short text for messengers. The address of the page follows.
card-left-out =
    { $count ->
        [one] { $count } claim is only on the page.
       *[other] { $count } claims are only on the page.
    }
claims-count =
    { $count ->
        [one] { $count } claim
       *[other] { $count } claims
    }
pager = Pages of this list
pager-newest = Newest
pager-newer = Newer
pager-older = Older
pager-oldest = Oldest
nothing-here = There is nothing here yet.

## Home and lists

latest-briefings = Latest briefings
all-briefings = All briefings
no-briefings = No briefing has been published yet.
all-neighbourhoods = All neighbourhoods
# The day before the latest one on which something changed.
changed-since = What changed since { $date }
change-new = New
all-changes = All changes
# A board of places and topics: each cell has the hour or the day of the last report.
board-hours = Hour or day of the last report.
# Reports about no topic: the heading of a narrow column.
board-other = Other
board-silence = Hatched: nothing since, which does not mean that it is quiet.
board-silent = Nothing since
board-nothing = No report
more-claims =
    { $count ->
        [one] { $count } more claim
       *[other] { $count } more claims
    }
more-places =
    { $count ->
        [one] { $count } more place
       *[other] { $count } more places
    }
names-lead = Places and sources are spelled in many ways. Find any spelling here.
corrections-lead = What we got wrong, or said badly, and what we put in its place.
no-corrections = Nothing has been corrected.
cite = Cite this briefing
cite-claims = SHA-256 of its claims in data/claims.json:
change-heading = { $kind }:
changes-lead = What is new, what was corrected, and what we are surer or less sure about. The newest day is first.
no-changes = Nothing has been published yet.
change-claim = New claim
change-claims = New claims
change-briefing = New briefing
change-update = Updated
change-corrected = Correction
change-expired = No longer current
change-status-rose = We are surer about
change-status-fell = We are less sure about
change-status-contested = Sources now disagree about
change-status-changed = Status changed
change-heard-again = Heard from again
change-first-since = First report since
change-by = Because of this claim:
all-corrections = All corrections
letters = Letters
see = see
search-lead = Finds words in briefings, and on the pages of places, sources and events.
search-label = Words to look for
search-busy = Looking …
search-none = Nothing was found. Try another word, or fewer words.
search-lost = The search could not be loaded. Check the connection and try again, or look below.
search-found = Found:
search-more = Show more
search-ways = Without the search
search-without = The search needs a script and the server that this page comes from. Everything is also in these lists:

## A briefing

briefings = Briefings
where = Where
sources = Sources
published = Published
updated = Updated
# Before a time: then a claim, a text or a record was checked, and nothing had changed.
checked = Still so at
expires = Out of date after
authors = By
draft = Draft
corrected = Corrected
translation-of = A translation. The original:
original-newer = The original was changed at { $time }, after this translation: the text here may be behind it. Times, figures and statuses are those of the original.
limits = What this briefing does not say
not-known = Not known
not-reached = Not reached
withheld = Withheld
corrections = Corrections
in-time = Earlier and later
older-briefing = Earlier briefing
newer-briefing = Later briefing
related = More about
backlinks = Pages that link here

## A claim

claim = Claim
claims = Claims
claim-source = Source
# The summary of a disclosure; the words of the claim follow for those who hear the page.
claim-about = About this claim
claim-link = Link to this claim
claim-via = via
claim-happened = Happened
claim-said = Said
claim-added = Added
claim-event = Other claims about
claim-in = In
claim-first-in = First reported in
claim-also-in = Also in
claim-gone-withdrawn = The claim that was repeated here is not shown any more. Its briefing was withdrawn:
claim-gone-expired = The claim that was repeated here is not shown any more. Its briefing has expired:
more-briefings =
    { $count ->
        [one] and { $count } more briefing
       *[other] and { $count } more briefings
    }
claim-denies = This source denies the other claims about this event.
status-reason = Reason
status-why = Why this status
outlets-count =
    { $count ->
        [one] { $count } outlet
       *[other] { $count } outlets
    }
origins-count =
    { $count ->
        [one] { $count } origin
       *[other] { $count } origins
    }
and-more =
    { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }
why-nothing = Nobody is named as its origin.
why-one-origin = Passing it on does not make it stronger.
why-one-party = All origins are of one party to the conflict.
why-party-unknown = It is not known that the origins are of different sides.
why-no-party = At least one origin is of no party to the conflict.
why-parties = The origins are of different parties to the conflict.
why-contested = Somebody says that this is wrong.
why-relays = Only passed it on:
why-unrecorded = We have not described the following, so it adds no independent support:
why-denied = Denied by:
credibility = Credibility { $value } of 6
party-statement = Statement by a party to the conflict:
party-not-advice = Not advice from us.
evidence = Evidence { $number }
evidence-archived = archived copy
evidence-captured = captured
correction-serious = Serious
correction-was = Was
correction-now = Now

## A figure

figure = Figure
figure-period = Period
figure-of-these = Of these
figure-no-number = no number given
figure-no-place = Place not given
figures-lead = Each figure belongs to the source that gave it. Figures of different sources are never added up.
no-figures = No figure has been published yet.
figure-range = { $min } to { $max }
figure-min = at least { $min }
figure-max = at most { $max }
figure-best = best estimate { $best }
figure-who = who:
figure-cumulative = running total
figure-vague = not exact
figure-rounded = rounded
figure-part-of = part of

## Pictures

as-table = As a table
timeline-lead = When things happened, as the sources tell it, the latest first. A bar is as long as the time that is meant; nothing is a point.
chart-timeline = When it happened
chart-timeline-description = One row for each event or claim; each row is a link. A bar covers the whole period that a date allows. This page also says all of it as text.
chart-before = before
chart-open = The beginning or the end is open
chart-gap = Time is left out here
chart-beyond = It goes beyond the days shown here
chart-about = The time is not exact
chart-perhaps = The time is uncertain
chart-older =
    { $count ->
        [one] { $count } older claim is not drawn. The page of its day has it.
       *[other] { $count } older claims are not drawn. The pages of their days have them.
    }
chart-figures-description = One row for each figure, all on one scale that starts at 0. Each figure is its source’s own, and none are added up. The list below says the same.
chart-no-limit = No upper limit was given
chart-best = One number was given
chart-vague = Not exact: somewhere in here
chart-undrawn-figures =
    { $count ->
        [one] { $count } figure is not drawn. The list has it.
       *[other] { $count } figures are not drawn. The list has them.
    }
chart-trend = Counts of this source over time
chart-trend-description = One column for each count by this source, from the first to the latest, on a scale that starts at 0. The list says the same.
figure-earlier =
    { $count ->
        [one] One earlier count of this source
       *[other] { $count } earlier counts of this source
    }
chart-calendar-description = Each day or month, with its number of claims. The longest bar has the most. A day or month with something to read is a link.
map-lead = Where the places lie, as exactly as we know it. A sketch; north is up. It shows no front line and no safe way. No report does not mean that it is quiet.
chart-map-description = Each place is an area with its name, and a link to its page. The table below says the same.
chart-locator = Where it is
chart-locator-description = A sketch, north is up: { $places }. It shows areas, not exact points.
map-area = The place lies in this area
map-silent = No report on the latest day
map-water = Water
map-roads = Main roads
map-known = How exact
map-outline = by its outline
map-no-report = No report, which does not mean that it is quiet.
map-unnamed =
    { $count ->
        [one] { $count } name had no room. The table has it.
       *[other] { $count } names had no room. The table has them.
    }
map-more =
    { $count ->
        [one] { $count } place with older reports is not drawn.
       *[other] { $count } places with older reports are not drawn.
    }
map-undrawn =
    { $count ->
        [one] Of { $count } place we do not know where it lies; it is not drawn.
       *[other] Of { $count } places we do not know where they lie; they are not drawn.
    }
metres = { $count } m
kilometres = { $count } km

## A neighbourhood, a source, a date

conditions = How things stand
last-report = Last report
unreported = No report about:
silent-since = No report since { $date }, which does not mean that it is quiet.
# A page that fits on one sheet of paper, for a wall.
sheet = One sheet to print
sheet-from = Printed from
sheet-more = All that we know about this place:
sheet-other = Other reports
sheet-more-corrections =
    { $count ->
        [one] { $count } more serious correction is not on this sheet.
       *[other] { $count } more serious corrections are not on this sheet.
    }
sheet-left-out =
    { $count ->
        [one] { $count } earlier claim is not on this sheet.
       *[other] { $count } earlier claims are not on this sheet.
    }
part-of = Part of
within = Places within
claims-by-day = Claims by the day they reached us
code-pcode = Place code of aid agencies (P-code)
code-geonames = Number in GeoNames, a list of places
code-wikidata = Number in Wikidata
point = On a map
point-north = { $degrees }° north
point-south = { $degrees }° south
point-east = { $degrees }° east
point-west = { $degrees }° west
precision = exact
other-names = In other languages
spellings = Also spelled
short-name = Short
source-party = Side
source-sees = How it knows
source-relays = Mainly passes on
source-owner = Owner
source-url = Its site
source-no-record = We have not described this source yet. Until then it does not count as independent of others.
source-fared = How its claims fared
source-fared-of =
    { $count ->
        [one] Of { $count } claim:
       *[other] Of { $count } claims:
    }
source-corrected =
    { $count ->
        [one] { $count } of them was corrected.
       *[other] { $count } of them were corrected.
    }
source-claims = What it claimed
source-relayed = What it passed on
earlier = Earlier
later = Later
date-happened = Happened then
date-said = Said then, about another time
date-published = Published then
date-corrected = Corrected later

## An event

event-claims = Who says what
event-via = Passed on by
event-direct = nobody that we know of
event-denies = Denies it
event-relay = Counts as passing on

## Pages that are not there

not-found = There is no page at this address. It may have moved, or the address may be wrong.
not-found-home = Go to the home page
not-found-no-home = Go back, or open the home page of this site.
stub-moved = The page is now here:
stub-withdrawn = What stood here was withdrawn. Please do not pass it on.
stub-expired = What stood here is out of date and is no longer shown.
stub-at = When
stub-what = Briefing
stub-why = Why

## In the text of a page

footnotes = Notes
footnote-back = Back to the text
alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
task-done = done:
task-open = to do:
table = Table
