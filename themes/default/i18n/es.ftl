# Las palabras de la interfaz, en español.
# This text awaits a native editor: it was written with care, and not yet by one.
# The keys are those of en.ftl.

language-name = Español

## Time

# $offset is whole, as in "GMT+3".
moment = { $date }, { $time } ({ $offset })
moment-here = { $date }, { $time }
when-range = { $from } – { $to }
when-until = { $precision ->
        [year] hasta { $when }
        [month] hasta { $when }
       *[day] hasta el { $when }
    }{ $about ->
        [yes] { " " }aproximadamente
       *[no] { "" }
    }
when-since = { $precision ->
        [year] desde { $when }
        [month] desde { $when }
       *[day] desde el { $when }
    }{ $about ->
        [yes] { " " }aproximadamente
       *[no] { "" }
    }
when-by = { $precision ->
        [year] a más tardar en { $when }
        [month] a más tardar en { $when }
       *[day] a más tardar el { $when }
    }{ $about ->
        [yes] { " " }aproximadamente
       *[no] { "" }
    }
when-from = { $precision ->
        [year] a partir de { $when }
        [month] a partir de { $when }
       *[day] a partir del { $when }
    }{ $about ->
        [yes] { " " }aproximadamente
       *[no] { "" }
    }
when-about = { $precision ->
        [year] hacia { $when }
        [month] hacia { $when }
       *[day] hacia el { $when }
    }
when-perhaps = quizá { $when }

## What the front matter calls things

kind-flash = Última hora
kind-daily = Boletín diario
kind-situation = Informe de situación
kind-explainer = Explicación
kind-notice = Aviso

claim-kind-event = Suceso
claim-kind-condition = Situación
claim-kind-statement = Declaración
claim-kind-allegation = Acusación
claim-kind-instruction = Instrucción
claim-kind-forecast = Pronóstico
claim-kind-rumour = Rumor

status-unverified = Sin verificar
status-single-source = Una fuente
status-one-side = Solo una parte
status-corroborated = Dos o más fuentes independientes
status-confirmed = Confirmado
status-contested = Las fuentes se contradicen
status-withdrawn = Retirado
status-disproved = Desmentido por los hechos

source-kind-monitor = Grupo de observación
source-kind-state-media = Medio estatal
source-kind-military = Militar
source-kind-government = Gobierno
source-kind-council = Autoridad local
source-kind-utility = Servicio público (agua, luz)
source-kind-company = Empresa
source-kind-school = Escuela
source-kind-shelter = Albergue
source-kind-volunteers = Voluntarios
source-kind-activists = Activistas
source-kind-resident = Residente
source-kind-civil-defence = Protección civil
source-kind-un = Naciones Unidas
source-kind-ngo = Organización de ayuda o de derechos humanos
source-kind-medical = Médica
source-kind-news-agency = Agencia de noticias
source-kind-newsroom = Redacción
source-kind-reporter = Periodista
source-kind-official = Funcionario
source-kind-document = Documento
source-kind-imagery = Fotos, vídeos o imágenes de satélite

sees-on-the-spot = En el lugar
sees-network = Por una red de contactos en el lugar
sees-relay = Transmite lo que dicen otros
sees-desk = Desde una oficina, a distancia
sees-unknown = No se sabe

correction-correction = Corrección
correction-clarification = Aclaración
correction-update = Actualización
correction-withdrawal = Retirada

topic-health = Salud
topic-water = Agua
topic-food = Alimentos
topic-shelter = Refugio
topic-movement = Desplazamientos
topic-security = Seguridad

precision-building = hasta el edificio
precision-street = hasta la calle
precision-neighbourhood = hasta el barrio
precision-district = hasta el distrito
precision-city = hasta la ciudad
precision-region = hasta la región

of-neighbourhood = Barrio
of-source = Fuente
of-event = Suceso

unattributed = Sin fuente nombrada
party-none = Ninguna parte
party-unknown = No se sabe

## Pages

menu-home = Inicio
menu-briefings = Boletines
menu-changes = Qué ha cambiado
menu-neighbourhoods = Barrios
menu-sources = Fuentes
menu-dates = Fechas
menu-figures = Cifras
menu-corrections = Correcciones
menu-names = Nombres de la A a la Z
menu-search = Búsqueda

title-briefings = Boletines
title-changes = Qué ha cambiado
title-neighbourhoods = Barrios
title-sources = Fuentes
title-dates = Fechas
title-figures = Cifras
title-corrections = Correcciones
title-names = Nombres de la A a la Z
title-search = Búsqueda
title-404 = Página no encontrada
title-moved = Esta página se ha movido
title-withdrawn = Este boletín fue retirado
title-expired = Este boletín ha caducado
page-number = página { $number }

## The frame of every page

skip = Ir al texto
menu = Menú
languages = Idiomas
breadcrumbs = Usted está aquí
contents = En esta página
as-of = Información hasta el
told-as-of = Esto es lo que se sabía el { $time }. Los textos y las fichas son los de hoy; los enlaces a lo que vino después se quedan en su página.
next-due = Busque una copia más reciente después del
not-translated = Sin traducir todavía. Este es el texto original.
copy-hint = Esta copia puede ser antigua. Mire la hora al principio de la página y busque una copia más reciente si puede.
text-twin = Esta página como texto sin formato
text-page = La página de este texto:
text-links = Enlaces
contact = Contacto
licence = Licencia
key-fingerprint = Firmado con la clave
comma = ,
colon = :
quote-open = «
quote-close = »
briefings-count =
    { $count ->
        [one] { $count } boletín
        [many] { $count } de boletines
       *[other] { $count } boletines
    }
card-left-out =
    { $count ->
        [one] { $count } afirmación solo está en la página.
        [many] { $count } de afirmaciones solo están en la página.
       *[other] { $count } afirmaciones solo están en la página.
    }
claims-count =
    { $count ->
        [one] { $count } afirmación
        [many] { $count } de afirmaciones
       *[other] { $count } afirmaciones
    }
pager = Páginas de esta lista
pager-newest = Lo más reciente
pager-newer = Más reciente
pager-older = Más antiguo
pager-oldest = Lo más antiguo
nothing-here = Todavía no hay nada aquí.

## Home and lists

latest-briefings = Últimos boletines
all-briefings = Todos los boletines
no-briefings = Todavía no se ha publicado ningún boletín.
all-neighbourhoods = Todos los barrios
# The day before the latest one on which something changed.
changed-since = Qué ha cambiado desde el { $date }
change-new = Nuevo
all-changes = Todos los cambios
# A board of places and topics: each cell has the hour or the day of the last report.
board-hours = Hora o día de la última noticia.
# Reports about no topic: the heading of a narrow column.
board-other = Otros
board-silence = Rayado: nada desde entonces, lo que no quiere decir que haya calma.
board-silent = Nada desde entonces
board-nothing = Sin noticias
more-claims =
    { $count ->
        [one] { $count } afirmación más
        [many] { $count } de afirmaciones más
       *[other] { $count } afirmaciones más
    }
more-places =
    { $count ->
        [one] { $count } lugar más
        [many] { $count } de lugares más
       *[other] { $count } lugares más
    }
names-lead = Los lugares y las fuentes se escriben de muchas maneras. Busque aquí cualquiera de ellas.
corrections-lead = Lo que entendimos o dijimos mal, y lo que pusimos en su lugar.
no-corrections = No se ha corregido nada.
cite = Citar este boletín
cite-claims = SHA-256 de sus afirmaciones en data/claims.json:
change-heading = { $kind }:
changes-lead = Lo nuevo, lo corregido y lo que está mejor o peor confirmado que antes. El día más reciente va primero.
no-changes = Todavía no se ha publicado nada.
change-claim = Nueva afirmación
change-claims = Nuevas afirmaciones
change-briefing = Nuevo boletín
change-update = Actualizado
change-corrected = Corrección
change-expired = Ya no está vigente
change-status-rose = Mejor confirmado que antes
change-status-fell = Peor confirmado que antes
change-status-contested = Las fuentes ahora se contradicen
change-status-changed = Cambio de estado
change-heard-again = Vuelve a haber noticias
change-first-since = Primera información desde
change-by = A raíz de esta afirmación:
all-corrections = Todas las correcciones
letters = Letras
see = véase
search-lead = Encuentra palabras en los boletines y en las páginas de lugares, fuentes y sucesos.
search-label = Palabras que buscar
search-busy = Buscando…
search-none = No se ha encontrado nada. Pruebe con otra palabra, o con menos palabras.
search-lost = No se ha podido cargar la búsqueda. Compruebe la conexión e inténtelo de nuevo, o mire abajo.
search-found = Resultados:
search-more = Mostrar más
search-ways = Sin la búsqueda
search-without = La búsqueda necesita un script y el servidor del que viene esta página. Todo está también en estas listas:

## A briefing

briefings = Boletines
where = Dónde
sources = Fuentes
published = Publicado el
updated = Actualizado el
# Before a time: then a claim, a text or a record was checked, and nothing had changed.
checked = Seguía igual el
expires = Caduca después del
authors = Por
draft = Borrador
corrected = Corregido
translation-of = Una traducción. El original:
original-newer = El original se cambió el { $time }, después de esta traducción: el texto de aquí puede estar atrasado. Las horas, las cifras y los estados son los del original.
limits = Lo que este boletín no dice
not-known = No se sabe
not-reached = Sin contacto
withheld = No publicado a propósito
corrections = Correcciones
in-time = Antes y después
older-briefing = Boletín anterior
newer-briefing = Boletín siguiente
related = Más sobre
backlinks = Páginas que enlazan aquí

## A claim

claim = Afirmación
claims = Afirmaciones
claim-source = Fuente
claim-about = Sobre esta afirmación
claim-link = Enlace a esta afirmación
claim-via = transmitido por
claim-happened = Ocurrió
claim-said = Se dijo
claim-added = Añadido
claim-event = Otras afirmaciones sobre
claim-in = En
claim-first-in = Publicada primero en
claim-also-in = También en
claim-gone-withdrawn = La afirmación que se repetía aquí ya no se muestra. Su boletín fue retirado:
claim-gone-expired = La afirmación que se repetía aquí ya no se muestra. Su boletín ha caducado:
more-briefings =
    { $count ->
        [one] y { $count } boletín más
        [many] y { $count } de boletines más
       *[other] y { $count } boletines más
    }
claim-denies = Esta fuente niega las otras afirmaciones sobre este suceso.
status-reason = Motivo
status-why = Por qué este estado
outlets-count =
    { $count ->
        [one] { $count } emisor
        [many] { $count } de emisores
       *[other] { $count } emisores
    }
origins-count =
    { $count ->
        [one] { $count } origen
        [many] { $count } de orígenes
       *[other] { $count } orígenes
    }
and-more =
    { $count ->
        [one] y { $count } más
        [many] y { $count } más
       *[other] y { $count } más
    }
why-nothing = No se nombra a nadie como origen.
why-one-origin = Transmitirlo no lo hace más sólido.
why-one-party = Todos los orígenes son de una misma parte en el conflicto.
why-party-unknown = No se sabe si los orígenes son de partes distintas.
why-no-party = Al menos un origen no es de ninguna parte en el conflicto.
why-parties = Los orígenes son de distintas partes en el conflicto.
why-contested = Alguien dice que esto es falso.
why-relays = Solo lo transmitieron:
why-unrecorded = No hemos descrito lo siguiente, así que no añade apoyo independiente:
why-denied = Lo niegan:
credibility = Credibilidad { $value } de 6
party-statement = Declaración de una parte en el conflicto:
party-not-advice = No es un consejo nuestro.
evidence = Prueba { $number }
evidence-archived = copia archivada
evidence-captured = guardada el
correction-serious = Grave
correction-was = Antes
correction-now = Ahora

## A figure

figure = Cifra
figure-period = Período
figure-of-these = De ellos
figure-no-number = no se da ningún número
figure-no-place = Lugar no indicado
figures-lead = Cada cifra pertenece a la fuente que la dio. Las cifras de fuentes distintas nunca se suman.
no-figures = Todavía no se ha publicado ninguna cifra.
figure-range = de { $min } a { $max }
figure-min = al menos { $min }
figure-max = como máximo { $max }
figure-best = mejor estimación { $best }
figure-who = quiénes:
figure-cumulative = total acumulado
figure-vague = inexacto
figure-rounded = redondeado
figure-part-of = parte de

## A neighbourhood, a source, a date

conditions = Cómo están las cosas
last-report = Última noticia
unreported = Sin noticias sobre:
silent-since = Sin noticias desde el { $date }, lo que no quiere decir que haya calma.
# A page that fits on one sheet of paper, for a wall.
sheet = Una hoja para imprimir
sheet-from = Impreso desde
sheet-more = Todo lo que sabemos de este lugar:
sheet-other = Otras noticias
sheet-more-corrections =
    { $count ->
        [one] { $count } corrección grave más no está en esta hoja.
        [many] { $count } de correcciones graves más no están en esta hoja.
       *[other] { $count } correcciones graves más no están en esta hoja.
    }
sheet-left-out =
    { $count ->
        [one] { $count } afirmación anterior no está en esta hoja.
        [many] { $count } de afirmaciones anteriores no están en esta hoja.
       *[other] { $count } afirmaciones anteriores no están en esta hoja.
    }
part-of = Parte de
within = Lugares que contiene
claims-by-day = Afirmaciones, por el día en que nos llegaron
code-pcode = Código del lugar de las organizaciones de ayuda (P-code)
code-geonames = Número en GeoNames, un registro de lugares
code-wikidata = Número en Wikidata
point = En un mapa
point-north = { $degrees }° norte
point-south = { $degrees }° sur
point-east = { $degrees }° este
point-west = { $degrees }° oeste
precision = exacto
other-names = En otros idiomas
spellings = Otras grafías
short-name = Nombre corto
source-party = Parte
source-sees = Cómo lo sabe
source-relays = Transmite sobre todo
source-owner = Propietario
source-url = Su sitio
source-no-record = Todavía no hemos descrito esta fuente. Hasta entonces no cuenta como independiente de las demás.
source-fared = Qué fue de sus afirmaciones
source-fared-of =
    { $count ->
        [one] De { $count } afirmación:
        [many] De { $count } de afirmaciones:
       *[other] De { $count } afirmaciones:
    }
source-corrected =
    { $count ->
        [one] { $count } fue corregida.
        [many] { $count } fueron corregidas.
       *[other] { $count } fueron corregidas.
    }
source-claims = Lo que afirmó
source-relayed = Lo que transmitió
earlier = Antes
later = Después
date-happened = Ocurrió entonces
date-said = Dicho entonces, sobre otro momento
date-published = Publicado entonces
date-corrected = Corregido después

## An event

event-claims = Quién dice qué
event-via = Transmitido por
event-direct = nadie que conozcamos
event-denies = Lo niega

## Pages that are not there

not-found = No hay ninguna página en esta dirección. Puede que se haya movido o que la dirección sea incorrecta.
not-found-home = Ir a la página de inicio
not-found-no-home = Vuelva atrás o abra la página de inicio de este sitio.
stub-moved = La página está ahora aquí:
stub-withdrawn = Lo que había aquí fue retirado. Por favor, no lo difunda.
stub-expired = Lo que había aquí está anticuado y ya no se muestra.
stub-at = Cuándo
stub-what = Boletín
stub-why = Por qué

## In the text of a page

footnotes = Notas
footnote-back = Volver al texto
alert-note = Nota
alert-tip = Consejo
alert-important = Importante
alert-warning = Atención
alert-caution = Precaución
task-done = hecho:
task-open = por hacer:
table = Tabla

## Pages and pictures of data

menu-map = Mapa
menu-timeline = Cronología
title-map = Mapa
title-timeline = Cronología
timeline-lead = Cuándo ocurrieron los hechos, según las fuentes, lo más reciente primero. Una barra es tan larga como el periodo indicado; nada es un punto.
as-table = En forma de tabla
chart-timeline = Cuándo ocurrió
chart-timeline-description = Una línea por suceso o afirmación; cada una es un enlace. Una barra va del primer al último día indicado. Lo mismo figura como texto en esta página.
chart-before = antes
chart-open = El comienzo o el final está abierto
chart-gap = Aquí se omite tiempo
chart-beyond = Sigue más allá de estos días
chart-about = El momento no es exacto
chart-perhaps = El momento es incierto
chart-older =
    { $count ->
        [one] { $count } afirmación más antigua no está dibujada. Está en la página de su día.
        [many] { $count } afirmaciones más antiguas no están dibujadas. Están en las páginas de sus días.
       *[other] { $count } afirmaciones más antiguas no están dibujadas. Están en las páginas de sus días.
    }
chart-figures-description = Una línea por cifra, todas en una misma escala que empieza en 0. Cada una es de su fuente; nunca se suman. Lo mismo figura en la lista de abajo.
chart-no-limit = No se dio ningún límite superior
chart-best = Se dio un solo número
chart-vague = Inexacto: en algún punto de aquí
chart-undrawn-figures =
    { $count ->
        [one] { $count } cifra no está dibujada. Está en la lista.
        [many] { $count } cifras no están dibujadas. Están en la lista.
       *[other] { $count } cifras no están dibujadas. Están en la lista.
    }
chart-trend = Cifras de esta fuente a lo largo del tiempo
chart-trend-description = Una columna por cada cifra de esta fuente, de la primera a la última; empieza en 0. Lo mismo figura en la lista.
figure-earlier =
    { $count ->
        [one] Una cifra anterior de esta fuente
        [many] { $count } cifras anteriores de esta fuente
       *[other] { $count } cifras anteriores de esta fuente
    }
chart-calendar-description = Cada día o mes con su número de afirmaciones. La barra más larga tiene más. Donde hay algo que leer, es un enlace.
map-lead = Dónde están los lugares, con la exactitud con que lo sabemos. Un croquis; el norte está arriba. No muestra ningún frente ni ningún camino seguro. Que no haya noticias no quiere decir que haya calma.
chart-map-description = Cada lugar es una zona con su nombre, y lleva a la página del lugar. Lo mismo figura en la tabla de abajo.
chart-locator = Dónde está
chart-locator-description = Un croquis, el norte está arriba: { $places }. Muestra zonas, no puntos exactos.
map-area = El lugar está en esta zona
map-silent = Ninguna noticia el último día
map-water = Agua
map-roads = Vías principales
map-known = Exactitud
map-outline = por su contorno
map-no-report = Ninguna noticia, lo que no significa que esté en calma.
map-unnamed =
    { $count ->
        [one] { $count } nombre no cabía. Está en la tabla.
        [many] { $count } nombres no cabían. Están en la tabla.
       *[other] { $count } nombres no cabían. Están en la tabla.
    }
map-more =
    { $count ->
        [one] { $count } lugar con noticias más antiguas no está dibujado.
        [many] { $count } lugares con noticias más antiguas no están dibujados.
       *[other] { $count } lugares con noticias más antiguas no están dibujados.
    }
map-undrawn =
    { $count ->
        [one] De { $count } lugar no sabemos dónde está; no está dibujado.
        [many] De { $count } lugares no sabemos dónde están; no están dibujados.
       *[other] De { $count } lugares no sabemos dónde están; no están dibujados.
    }
metres = { $count } m
kilometres = { $count } km

## Where a page is, and how to follow it

feeds = Seguir
data = Datos
data-description = Acerca de los datos
page-address = Dirección de esta página
page-onion = Por Tor
page-mirrors = Copias
event-relay = Cuenta como mero transmisor
no-as-of = Esta página no tiene hora propia. La página de inicio dice hasta qué hora llega esta copia.
