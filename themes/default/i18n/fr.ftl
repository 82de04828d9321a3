# Les mots de l'interface, en français.
# This text awaits a native editor: it was written with care, and not yet by one.
# The keys are those of en.ftl.

language-name = Français

## Time

# $offset is whole, as in "UTC+3".
moment = { $date }, { $time } ({ $offset })
moment-here = { $date }, { $time }
when-range = { $from } – { $to }
when-until = { $precision ->
        [year] jusqu’en { $when }
        [month] jusqu’en { $when }
       *[day] jusqu’au { $when }
    }{ $about ->
        [yes] { " " }environ
       *[no] { "" }
    }
when-since = { $precision ->
        [year] depuis { $when }
        [month] depuis { $when }
       *[day] depuis le { $when }
    }{ $about ->
        [yes] { " " }environ
       *[no] { "" }
    }
when-by = { $precision ->
        [year] au plus tard en { $when }
        [month] au plus tard en { $when }
       *[day] au plus tard le { $when }
    }{ $about ->
        [yes] { " " }environ
       *[no] { "" }
    }
when-from = { $precision ->
        [year] dès { $when }
        [month] dès { $when }
       *[day] dès le { $when }
    }{ $about ->
        [yes] { " " }environ
       *[no] { "" }
    }
when-about = { $precision ->
        [year] vers { $when }
        [month] vers { $when }
       *[day] vers le { $when }
    }
when-perhaps = peut-être { $when }

## What the front matter calls things

kind-flash = Flash
kind-daily = Bulletin quotidien
kind-situation = Rapport de situation
kind-explainer = Explication
kind-notice = Avis

claim-kind-event = Événement
claim-kind-condition = Situation
claim-kind-statement = Déclaration
claim-kind-allegation = Accusation
claim-kind-instruction = Consigne
claim-kind-forecast = Prévision
claim-kind-rumour = Rumeur

status-unverified = Non vérifié
status-single-source = Une source
status-one-side = Un seul camp
status-corroborated = Deux sources indépendantes ou plus
status-confirmed = Confirmé
status-contested = Les sources se contredisent
status-withdrawn = Retiré
status-disproved = Démenti par les faits

source-kind-monitor = Groupe d’observation
source-kind-state-media = Média d’État
source-kind-military = Militaire
source-kind-government = Gouvernement
source-kind-council = Autorité locale
source-kind-utility = Service public (eau, électricité)
source-kind-company = Entreprise
source-kind-school = École
source-kind-shelter = Centre d’hébergement
source-kind-volunteers = Bénévoles
source-kind-activists = Militants
source-kind-resident = Habitant
source-kind-civil-defence = Protection civile
source-kind-un = Nations unies
source-kind-ngo = Organisation d’aide ou de défense des droits
source-kind-medical = Médical
source-kind-news-agency = Agence de presse
source-kind-newsroom = Rédaction
source-kind-reporter = Journaliste
source-kind-official = Responsable officiel
source-kind-document = Document
source-kind-imagery = Photos, vidéos ou images satellite

sees-on-the-spot = Sur place
sees-network = Par un réseau de contacts sur place
sees-relay = Transmet ce que disent les autres
sees-desk = Depuis un bureau, à distance
sees-unknown = Inconnu

correction-correction = Correction
correction-clarification = Précision
correction-update = Mise à jour
correction-withdrawal = Retrait

topic-health = Santé
topic-water = Eau
topic-food = Nourriture
topic-shelter = Abri
topic-movement = Déplacements
topic-security = Sécurité

precision-building = au bâtiment près
precision-street = à la rue près
precision-neighbourhood = au quartier près
precision-district = au district près
precision-city = à la ville près
precision-region = à la région près

of-neighbourhood = Quartier
of-source = Source
of-event = Événement

unattributed = Aucune source nommée
party-none = Aucun camp
party-unknown = Inconnu

## Pages

menu-home = Accueil
menu-briefings = Bulletins
menu-changes = Ce qui a changé
menu-neighbourhoods = Quartiers
menu-sources = Sources
menu-dates = Dates
menu-figures = Chiffres
menu-corrections = Corrections
menu-names = Noms de A à Z
menu-search = Recherche

title-briefings = Bulletins
title-changes = Ce qui a changé
title-neighbourhoods = Quartiers
title-sources = Sources
title-dates = Dates
title-figures = Chiffres
title-corrections = Corrections
title-names = Noms de A à Z
title-search = Recherche
title-404 = Page introuvable
title-moved = Cette page a changé d’adresse
title-withdrawn = Ce bulletin a été retiré
title-expired = Ce bulletin a expiré
page-number = page { $number }

## The frame of every page

skip = Aller au texte
menu = Menu
languages = Langues
breadcrumbs = Vous êtes ici
contents = Sur cette page
as-of = Informations jusqu’au
told-as-of = Voici ce que l’on savait le { $time }. Les textes et les fiches sont ceux d’aujourd’hui ; les liens vers ce qui est venu plus tard restent sur leur page.
next-due = Chercher une copie plus récente après le
not-translated = Pas encore traduit. Voici le texte original.
copy-hint = Cette copie est peut-être ancienne. Regardez l’heure en haut de la page, et cherchez une copie plus récente si vous le pouvez.
text-twin = Cette page en texte seul
text-page = La page de ce texte :
text-links = Liens
contact = Contact
licence = Licence
key-fingerprint = Signé avec la clé
comma = ,
colon = {" "}:
quote-open = « 
quote-close =  »
briefings-count =
    { $count ->
        [one] { $count } bulletin
        [many] { $count } de bulletins
       *[other] { $count } bulletins
    }
card-left-out =
    { $count ->
        [one] { $count } affirmation ne se trouve que sur la page.
        [many] { $count } d’affirmations ne se trouvent que sur la page.
       *[other] { $count } affirmations ne se trouvent que sur la page.
    }
claims-count =
    { $count ->
        [one] { $count } affirmation
        [many] { $count } d’affirmations
       *[other] { $count } affirmations
    }
pager = Pages de cette liste
pager-newest = Les plus récents
pager-newer = Plus récents
pager-older = Plus anciens
pager-oldest = Les plus anciens
nothing-here = Il n’y a encore rien ici.

## Home and lists

latest-briefings = Derniers bulletins
all-briefings = Tous les bulletins
no-briefings = Aucun bulletin n’a encore été publié.
all-neighbourhoods = Tous les quartiers
# The day before the latest one on which something changed.
changed-since = Ce qui a changé depuis le { $date }
change-new = Nouveau
all-changes = Tous les changements
# A board of places and topics: each cell has the hour or the day of the last report.
board-hours = Heure ou jour de la dernière information.
# Reports about no topic: the heading of a narrow column.
board-other = Autres
board-silence = Hachuré : plus rien depuis, ce qui ne veut pas dire que c’est calme.
board-silent = Plus rien depuis
board-nothing = Aucune information
more-claims =
    { $count ->
        [one] { $count } autre affirmation
        [many] { $count } d’autres affirmations
       *[other] { $count } autres affirmations
    }
more-places =
    { $count ->
        [one] { $count } autre lieu
        [many] { $count } d’autres lieux
       *[other] { $count } autres lieux
    }
names-lead = Les lieux et les sources s’écrivent de plusieurs façons. Trouvez ici chaque graphie.
corrections-lead = Ce que nous avons mal compris ou mal dit, et ce que nous avons mis à la place.
no-corrections = Rien n’a été corrigé.
cite = Citer ce bulletin
cite-claims = SHA-256 de ses affirmations dans data/claims.json :
change-heading = { $kind } :
changes-lead = Ce qui est nouveau, ce qui a été corrigé, et ce qui est mieux ou moins bien établi qu’avant. Le jour le plus récent vient en premier.
no-changes = Rien n’a encore été publié.
change-claim = Nouvelle affirmation
change-claims = Nouvelles affirmations
change-briefing = Nouveau bulletin
change-update = Mis à jour
change-corrected = Correction
change-expired = N’est plus d’actualité
change-status-rose = Mieux établi qu’avant
change-status-fell = Moins bien établi qu’avant
change-status-contested = Les sources se contredisent désormais
change-status-changed = Statut modifié
change-heard-again = À nouveau des nouvelles
change-first-since = Première information depuis
change-by = À la suite de cette affirmation :
all-corrections = Toutes les corrections
letters = Lettres
see = voir
search-lead = Trouve des mots dans les bulletins et sur les pages des lieux, des sources et des événements.
search-label = Mots à chercher
search-busy = Recherche en cours…
search-none = Rien n’a été trouvé. Essayez un autre mot, ou moins de mots.
search-lost = La recherche n’a pas pu être chargée. Vérifiez la connexion et réessayez, ou regardez ci-dessous.
search-found = Résultats :
search-more = Afficher la suite
search-ways = Sans la recherche
search-without = La recherche a besoin d’un script et du serveur d’où vient cette page. Tout se trouve aussi dans ces listes :

## A briefing

briefings = Bulletins
where = Où
sources = Sources
published = Publié le
updated = Mis à jour le
# Before a time: then a claim, a text or a record was checked, and nothing had changed.
checked = Toujours le cas le
expires = Périmé après le
authors = Par
draft = Brouillon
corrected = Corrigé
translation-of = Une traduction. L’original :
original-newer = L’original a été modifié le { $time }, après cette traduction : le texte ici est peut-être en retard. Les heures, les chiffres et les statuts sont ceux de l’original.
limits = Ce que ce bulletin ne dit pas
not-known = Inconnu
not-reached = Pas joints
withheld = Non publié à dessein
corrections = Corrections
in-time = Avant et après
older-briefing = Bulletin précédent
newer-briefing = Bulletin suivant
related = Plus sur
backlinks = Pages qui mènent ici

## A claim

claim = Affirmation
claims = Affirmations
claim-source = Source
claim-about = À propos de cette affirmation
claim-link = Lien vers cette affirmation
claim-via = transmis par
claim-happened = Arrivé
claim-said = Dit
claim-added = Ajouté
claim-event = Autres affirmations sur
claim-in = Dans
claim-first-in = Rapporté d’abord dans
claim-also-in = Aussi dans
claim-gone-withdrawn = L’affirmation reprise ici n’est plus affichée. Son bulletin a été retiré :
claim-gone-expired = L’affirmation reprise ici n’est plus affichée. Son bulletin a expiré :
more-briefings =
    { $count ->
        [one] et { $count } autre bulletin
        [many] et { $count } d’autres bulletins
       *[other] et { $count } autres bulletins
    }
claim-denies = Cette source dément les autres affirmations sur cet événement.
status-reason = Raison
status-why = Pourquoi ce statut
outlets-count =
    { $count ->
        [one] { $count } émetteur
        [many] { $count } d’émetteurs
       *[other] { $count } émetteurs
    }
origins-count =
    { $count ->
        [one] { $count } origine
        [many] { $count } d’origines
       *[other] { $count } origines
    }
and-more =
    { $count ->
        [one] et { $count } autre
        [many] et { $count } d’autres
       *[other] et { $count } autres
    }
why-nothing = Personne n’est nommé comme origine.
why-one-origin = La transmettre ne la rend pas plus sûre.
why-one-party = Toutes les origines sont d’une même partie au conflit.
why-party-unknown = On ne sait pas si les origines sont de camps différents.
why-no-party = Une origine au moins n’est d’aucune partie au conflit.
why-parties = Les origines sont de différentes parties au conflit.
why-contested = Quelqu’un dit que c’est faux.
why-relays = L’ont seulement transmis :
why-unrecorded = Nous n’avons pas décrit ce qui suit ; cela n’ajoute donc aucun appui indépendant :
why-denied = Démenti par :
credibility = Crédibilité { $value } sur 6
party-statement = Déclaration d’une partie au conflit :
party-not-advice = Ce n’est pas un conseil de notre part.
evidence = Preuve { $number }
evidence-archived = copie archivée
evidence-captured = enregistrée le
correction-serious = Grave
correction-was = Avant
correction-now = Maintenant

## A figure

figure = Chiffre
figure-period = Période
figure-of-these = Parmi eux
figure-no-number = aucun nombre donné
figure-no-place = Lieu non précisé
figures-lead = Chaque chiffre appartient à la source qui l’a donné. Les chiffres de sources différentes ne sont jamais additionnés.
no-figures = Aucun chiffre n’a encore été publié.
figure-range = de { $min } à { $max }
figure-min = au moins { $min }
figure-max = au plus { $max }
figure-best = meilleure estimation { $best }
figure-who = qui :
figure-cumulative = total cumulé
figure-vague = inexact
figure-rounded = arrondi
figure-part-of = partie de

## A neighbourhood, a source, a date

conditions = Où en sont les choses
last-report = Dernière information
unreported = Aucune information sur :
silent-since = Aucune information depuis le { $date }, ce qui ne veut pas dire que c’est calme.
# A page that fits on one sheet of paper, for a wall.
sheet = Une feuille à imprimer
sheet-from = Imprimé depuis
sheet-more = Tout ce que nous savons de ce lieu :
sheet-other = Autres informations
sheet-more-corrections =
    { $count ->
        [one] { $count } autre correction grave ne figure pas sur cette feuille.
        [many] { $count } d’autres corrections graves ne figurent pas sur cette feuille.
       *[other] { $count } autres corrections graves ne figurent pas sur cette feuille.
    }
sheet-left-out =
    { $count ->
        [one] { $count } affirmation plus ancienne ne figure pas sur cette feuille.
        [many] { $count } d’affirmations plus anciennes ne figurent pas sur cette feuille.
       *[other] { $count } affirmations plus anciennes ne figurent pas sur cette feuille.
    }
part-of = Fait partie de
within = Lieux à l’intérieur
claims-by-day = Affirmations, par jour de réception
code-pcode = Code du lieu pour les organisations d’aide (P-code)
code-geonames = Numéro dans GeoNames, un répertoire de lieux
code-wikidata = Numéro dans Wikidata
point = Sur une carte
point-north = { $degrees }° nord
point-south = { $degrees }° sud
point-east = { $degrees }° est
point-west = { $degrees }° ouest
precision = exact
other-names = Dans d’autres langues
spellings = Autres graphies
short-name = Nom court
source-party = Camp
source-sees = Comment elle sait
source-relays = Transmet surtout
source-owner = Propriétaire
source-url = Son site
source-no-record = Nous n’avons pas encore décrit cette source. D’ici là, elle ne compte pas comme indépendante des autres.
source-fared = Ce que sont devenues ses affirmations
source-fared-of =
    { $count ->
        [one] Sur { $count } affirmation :
        [many] Sur { $count } d’affirmations :
       *[other] Sur { $count } affirmations :
    }
source-corrected =
    { $count ->
        [one] { $count } a été corrigée.
        [many] { $count } ont été corrigées.
       *[other] { $count } ont été corrigées.
    }
source-claims = Ce qu’elle a affirmé
source-relayed = Ce qu’elle a transmis
earlier = Avant
later = Après
date-happened = Ce qui a eu lieu
date-said = Dit alors, sur un autre moment
date-published = Publié alors
date-corrected = Corrigé plus tard

## An event

event-claims = Qui dit quoi
event-via = Transmis par
event-direct = personne que nous connaissions
event-denies = Le dément

## Pages that are not there

not-found = Il n’y a pas de page à cette adresse. Elle a peut-être changé d’adresse, ou l’adresse est fausse.
not-found-home = Aller à la page d’accueil
not-found-no-home = Revenez en arrière, ou ouvrez la page d’accueil de ce site.
stub-moved = La page est maintenant ici :
stub-withdrawn = Ce qui se trouvait ici a été retiré. Merci de ne pas le transmettre.
stub-expired = Ce qui se trouvait ici est périmé et n’est plus affiché.
stub-at = Quand
stub-what = Bulletin
stub-why = Pourquoi

## In the text of a page

footnotes = Notes
footnote-back = Retour au texte
alert-note = Note
alert-tip = Conseil
alert-important = Important
alert-warning = Attention
alert-caution = Prudence
task-done = fait :
task-open = à faire :
table = Tableau

## Pages and pictures of data

menu-map = Carte
menu-timeline = Chronologie
title-map = Carte
title-timeline = Chronologie
timeline-lead = Quand les faits ont eu lieu, selon les sources, les plus récents d’abord. Une barre est aussi longue que la période indiquée ; rien n’est un point.
as-table = Sous forme de tableau
chart-timeline = Quand cela s’est passé
chart-timeline-description = Une ligne par événement ou par affirmation ; chacune est un lien. Une barre va du premier au dernier jour indiqué. Les mêmes informations figurent en texte sur cette page.
chart-before = avant
chart-open = Le début ou la fin est ouvert
chart-gap = Du temps est omis ici
chart-beyond = Dépasse les jours affichés ici
chart-about = Le moment n’est pas exact
chart-perhaps = Le moment est incertain
chart-older =
    { $count ->
        [one] { $count } affirmation plus ancienne n’est pas dessinée. La page de son jour la contient.
        [many] { $count } affirmations plus anciennes ne sont pas dessinées. Les pages de leurs jours les contiennent.
       *[other] { $count } affirmations plus anciennes ne sont pas dessinées. Les pages de leurs jours les contiennent.
    }
chart-figures-description = Une ligne par chiffre, toutes sur une même échelle qui commence à 0. Chaque chiffre est celui de sa source ; ils ne sont jamais additionnés. Les mêmes informations figurent dans la liste ci-dessous.
chart-no-limit = Sans limite supérieure donnée
chart-best = Un seul nombre a été donné
chart-vague = Non exact : quelque part ici
chart-undrawn-figures =
    { $count ->
        [one] { $count } chiffre n’est pas dessiné. Il figure dans la liste.
        [many] { $count } chiffres ne sont pas dessinés. Ils figurent dans la liste.
       *[other] { $count } chiffres ne sont pas dessinés. Ils figurent dans la liste.
    }
chart-trend = Chiffres de cette source au fil du temps
chart-trend-description = Une colonne par chiffre de cette source, du premier au dernier ; elle commence à 0. Les mêmes informations figurent dans la liste.
figure-earlier =
    { $count ->
        [one] Un chiffre antérieur de cette source
        [many] { $count } chiffres antérieurs de cette source
       *[other] { $count } chiffres antérieurs de cette source
    }
chart-calendar-description = Chaque jour ou mois avec son nombre d’affirmations. La barre la plus longue en a le plus. Là où il y a quelque chose à lire, c’est un lien.
map-lead = Où se trouvent les lieux, aussi exactement que nous le savons. Un croquis ; le nord est en haut. Il ne montre ni ligne de front ni chemin sûr. Une absence d’information ne veut pas dire que c’est calme.
chart-map-description = Chaque lieu est une zone avec son nom, et mène à la page du lieu. Les mêmes informations figurent dans le tableau ci-dessous.
chart-locator = Où c’est
chart-locator-description = Un croquis, le nord est en haut : { $places }. Il montre des zones, et non des points exacts.
map-area = Le lieu se trouve dans cette zone
map-silent = Aucune information le dernier jour
map-water = Eau
map-roads = Routes principales
map-known = Précision
map-outline = par son contour
map-no-report = Aucune information, ce qui ne veut pas dire que c’est calme.
map-unnamed =
    { $count ->
        [one] { $count } nom n’avait pas de place. Il figure dans le tableau.
        [many] { $count } noms n’avaient pas de place. Ils figurent dans le tableau.
       *[other] { $count } noms n’avaient pas de place. Ils figurent dans le tableau.
    }
map-more =
    { $count ->
        [one] { $count } lieu aux informations plus anciennes n’est pas dessiné.
        [many] { $count } lieux aux informations plus anciennes ne sont pas dessinés.
       *[other] { $count } lieux aux informations plus anciennes ne sont pas dessinés.
    }
map-undrawn =
    { $count ->
        [one] De { $count } lieu, nous ne savons pas où il se trouve ; il n’est pas dessiné.
        [many] De { $count } lieux, nous ne savons pas où ils se trouvent ; ils ne sont pas dessinés.
       *[other] De { $count } lieux, nous ne savons pas où ils se trouvent ; ils ne sont pas dessinés.
    }
metres = { $count } m
kilometres = { $count } km

## Where a page is, and how to follow it

feeds = Suivre
data = Données
data-description = À propos des données
page-address = Adresse de cette page
page-onion = Par Tor
page-mirrors = Copies
event-relay = Compte comme simple relais
no-as-of = Cette page n’a pas d’heure à elle. La page d’accueil dit jusqu’à quelle heure va cette copie.
