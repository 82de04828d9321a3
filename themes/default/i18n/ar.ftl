# كلمات الواجهة بالعربية الفصحى الميسّرة.
# This text awaits a native editor: it was written with care, and not yet by one.
# The keys are those of en.ftl.

language-name = العربية

## Time

# $offset is whole, as in "غرينتش+3".
moment = { $date }، { $time } ({ $offset })
moment-here = { $date }، { $time }
when-range = من { $from } إلى { $to }
when-until = { $precision ->
        [year] حتى عام { $when }
       *[day] حتى { $when }
    }{ $about ->
        [yes] { " " }تقريبًا
       *[no] { "" }
    }
when-since = { $precision ->
        [year] منذ عام { $when }
       *[day] منذ { $when }
    }{ $about ->
        [yes] { " " }تقريبًا
       *[no] { "" }
    }
when-by = { $precision ->
        [year] في موعد أقصاه عام { $when }
       *[day] في موعد أقصاه { $when }
    }{ $about ->
        [yes] { " " }تقريبًا
       *[no] { "" }
    }
when-from = { $precision ->
        [year] اعتبارًا من عام { $when }
       *[day] اعتبارًا من { $when }
    }{ $about ->
        [yes] { " " }تقريبًا
       *[no] { "" }
    }
when-about = { $precision ->
        [year] نحو عام { $when }
       *[day] نحو { $when }
    }
when-perhaps = ربما { $when }

## What the front matter calls things

kind-flash = خبر عاجل
kind-daily = نشرة يومية
kind-situation = تقرير عن الوضع
kind-explainer = شرح
kind-notice = إشعار

claim-kind-event = حدث
claim-kind-condition = حالة قائمة
claim-kind-statement = تصريح
claim-kind-allegation = اتهام
claim-kind-instruction = تعليمات
claim-kind-forecast = توقّع
claim-kind-rumour = إشاعة

status-unverified = لم يُتحقق منه
status-single-source = مصدر واحد
status-one-side = طرف واحد فقط
status-corroborated = مصدران مستقلان أو أكثر
status-confirmed = مؤكد
status-contested = المصادر متعارضة
status-withdrawn = سُحب
status-disproved = ثبت خطؤه

source-kind-monitor = جهة رصد
source-kind-state-media = إعلام رسمي
source-kind-military = جهة عسكرية
source-kind-government = جهة حكومية
source-kind-council = مجلس محلي
source-kind-utility = مرفق خدمات عامة
source-kind-company = شركة
source-kind-school = مدرسة
source-kind-shelter = مركز إيواء
source-kind-volunteers = متطوعون
source-kind-activists = ناشطون
source-kind-resident = من السكان
source-kind-civil-defence = الدفاع المدني
source-kind-un = الأمم المتحدة
source-kind-ngo = منظمة إغاثية أو حقوقية
source-kind-medical = جهة طبية
source-kind-news-agency = وكالة أنباء
source-kind-newsroom = وسيلة إعلام
source-kind-reporter = مراسل صحفي
source-kind-official = مسؤول
source-kind-document = وثيقة
source-kind-imagery = صور أو فيديو أو صور فضائية

sees-on-the-spot = حاضر في المكان
sees-network = عبر شبكة من الأشخاص في المكان
sees-relay = ينقل ما يقوله غيره
sees-desk = من مكتب بعيد عن المكان
sees-unknown = غير معروف

correction-correction = تصحيح
correction-clarification = توضيح
correction-update = تحديث
correction-withdrawal = سحب

topic-health = الصحة
topic-water = المياه
topic-food = الغذاء
topic-shelter = المأوى
topic-movement = التنقّل
topic-security = الأمن

precision-building = على مستوى المبنى
precision-street = على مستوى الشارع
precision-neighbourhood = على مستوى الحي
precision-district = على مستوى المنطقة
precision-city = على مستوى المدينة
precision-region = على مستوى الإقليم

of-neighbourhood = حي
of-source = مصدر
of-event = حدث

unattributed = دون ذكر المصدر
party-none = لا ينتمي إلى أي طرف
party-unknown = غير معروف

## Pages

menu-home = الصفحة الرئيسية
menu-briefings = النشرات
menu-changes = ما الذي تغيّر
menu-neighbourhoods = الأحياء
menu-sources = المصادر
menu-dates = التواريخ
menu-timeline = التسلسل الزمني
menu-map = الخريطة
menu-figures = الأعداد
menu-corrections = التصحيحات
menu-names = فهرس الأسماء
menu-search = بحث

title-briefings = النشرات
title-changes = ما الذي تغيّر
title-neighbourhoods = الأحياء
title-sources = المصادر
title-dates = التواريخ
title-timeline = التسلسل الزمني
title-map = الخريطة
title-figures = الأعداد
title-corrections = التصحيحات
title-names = فهرس الأسماء
title-search = بحث
title-404 = الصفحة غير موجودة
title-moved = انتقلت هذه الصفحة
title-withdrawn = سُحبت هذه النشرة
title-expired = انتهت صلاحية هذه النشرة
page-number = صفحة { $number }

## The frame of every page

skip = انتقل إلى النص
menu = القائمة
languages = اللغات
breadcrumbs = مكانك في الموقع
contents = في هذه الصفحة
as-of = المعلومات حتى
no-as-of = لا زمن خاصًا بهذه الصفحة. الصفحة الرئيسية تقول إلى أي وقت تصل هذه النسخة.
told-as-of = هذا ما كان معروفًا في { $time }. النصوص وأوصاف المصادر والأماكن كما هي اليوم، وما يشير منها إلى ما جاء لاحقًا يبقى في صفحته.
next-due = ابحث عن نسخة أحدث بعد
not-translated = لم يُترجم هذا النص بعد، وهذا هو الأصل.
copy-hint = قد تكون هذه نسخة قديمة. انظر إلى الوقت في أعلى الصفحة، وابحث عن نسخة أحدث إن استطعت.
feeds = للمتابعة
data = البيانات
data-description = عن البيانات
page-address = عنوان هذه الصفحة
page-onion = عبر تور
page-mirrors = نسخ أخرى
text-twin = هذه الصفحة نصًا مجردًا
text-page = صفحة هذا النص:
text-links = الروابط
contact = للتواصل
licence = الترخيص
key-fingerprint = موقَّع بالمفتاح
comma = ،
colon = :
quote-open = «
quote-close = »
briefings-count =
    { $count ->
        [zero] لا نشرات
        [one] نشرة واحدة
        [two] نشرتان
        [few] { $count } نشرات
        [many] { $count } نشرة
       *[other] { $count } نشرة
    }
card-left-out =
    { $count ->
        [zero] لا أقوال في الصفحة وحدها.
        [one] قول واحد في الصفحة فقط.
        [two] قولان في الصفحة فقط.
        [few] { $count } أقوال في الصفحة فقط.
        [many] { $count } قولًا في الصفحة فقط.
       *[other] { $count } قول في الصفحة فقط.
    }
claims-count =
    { $count ->
        [zero] لا أقوال
        [one] قول واحد
        [two] قولان
        [few] { $count } أقوال
        [many] { $count } قولًا
       *[other] { $count } قول
    }
pager = صفحات هذه القائمة
pager-newest = الأحدث
pager-newer = أحدث
pager-older = أقدم
pager-oldest = الأقدم
nothing-here = لا يوجد شيء هنا بعد.

## Home and lists

latest-briefings = أحدث النشرات
all-briefings = كل النشرات
no-briefings = لم تُنشر أي نشرة بعد.
all-neighbourhoods = كل الأحياء
# The day before the latest one on which something changed.
changed-since = ما الذي تغيّر منذ { $date }
change-new = جديد
all-changes = كل التغييرات
# A board of places and topics: each cell has the hour or the day of the last report.
board-hours = ساعة آخر تقرير أو يومه.
# Reports about no topic: the heading of a narrow column.
board-other = أخرى
board-silence = الخانة المخطّطة: لا شيء منذ ذلك الوقت، وهذا لا يعني أن المكان هادئ.
board-silent = لا شيء منذ ذلك الوقت
board-nothing = لا تقارير
more-claims =
    { $count ->
        [zero] لا أقوال أخرى
        [one] قول آخر
        [two] قولان آخران
        [few] { $count } أقوال أخرى
        [many] { $count } قولًا آخر
       *[other] { $count } قول آخر
    }
more-places =
    { $count ->
        [zero] لا أماكن أخرى
        [one] مكان آخر
        [two] مكانان آخران
        [few] { $count } أماكن أخرى
        [many] { $count } مكانًا آخر
       *[other] { $count } مكان آخر
    }
names-lead = تُكتب أسماء الأماكن والمصادر بأشكال مختلفة. ابحث هنا عن أي شكل منها.
corrections-lead = ما أخطأنا فيه أو لم نحسن قوله، وما وضعناه مكانه.
no-corrections = لم يُصحَّح شيء.
cite = للاستشهاد بهذه النشرة
cite-claims = ‏SHA-256 لأقوالها في data/claims.json:
change-heading = { $kind }:
changes-lead = الجديد، وما صُحِّح، وما صار أكثر أو أقل موثوقية من قبل. اليوم الأحدث أولًا.
no-changes = لم يُنشر شيء بعد.
change-claim = قول جديد
change-claims = أقوال جديدة
change-briefing = نشرة جديدة
change-update = حُدِّثت
change-corrected = تصحيح
change-expired = لم تعد سارية
change-status-rose = أكثر موثوقية من قبل
change-status-fell = أقل موثوقية من قبل
change-status-contested = المصادر متعارضة الآن
change-status-changed = تغيّرت الحالة
change-heard-again = أخبار جديدة بعد انقطاع
change-first-since = أول خبر منذ
change-by = بسبب هذا القول:
all-corrections = كل التصحيحات
letters = الحروف
see = انظر
search-lead = يبحث عن كلمات في النشرات وفي صفحات الأماكن والمصادر والأحداث.
search-label = كلمات البحث
search-busy = جارٍ البحث …
search-none = لم يُعثر على شيء. جرّب كلمة أخرى أو كلمات أقل.
search-lost = تعذّر تحميل البحث. تحقّق من الاتصال وحاول مرة أخرى، أو انظر في القوائم أدناه.
search-found = عدد النتائج:
search-more = عرض المزيد
search-ways = من دون البحث
search-without = يحتاج البحث إلى برنامج نصي وإلى الخادم الذي تأتي منه هذه الصفحة. كل شيء موجود أيضًا في هذه القوائم:

## A briefing

briefings = النشرات
where = المكان
sources = المصادر
published = نُشرت
updated = حُدّثت
# Before a time: then a claim, a text or a record was checked, and nothing had changed.
checked = ظل كذلك في
expires = لا تصلح بعد
authors = إعداد
draft = مسودة
corrected = صُحّحت
translation-of = هذه ترجمة. الأصل:
original-newer = عُدّل الأصل في { $time } بعد هذه الترجمة، وقد لا يوافقه النص هنا. أما الأوقات والأعداد ودرجات التحقق فهي من الأصل.
limits = ما لا تقوله هذه النشرة
not-known = غير معروف
not-reached = لم نتمكن من الوصول إليهم
withheld = لم ننشره عمدًا
corrections = التصحيحات
in-time = السابق واللاحق
older-briefing = النشرة السابقة
newer-briefing = النشرة التالية
related = المزيد عن
backlinks = صفحات تشير إلى هذه الصفحة

## A claim

claim = القول
claims = الأقوال
claim-source = المصدر
claim-about = عن هذا القول
claim-link = رابط هذا القول
claim-via = نقله
claim-happened = وقع
claim-said = قيل
claim-added = أُضيف
claim-event = أقوال أخرى عن
claim-in = ورد في
claim-first-in = ورد أولًا في
claim-also-in = ورد أيضًا في
claim-gone-withdrawn = القول الذي كُرّر هنا لم يعد يُعرض، فقد سُحبت نشرته:
claim-gone-expired = القول الذي كُرّر هنا لم يعد يُعرض، فقد انتهت صلاحية نشرته:
more-briefings =
    { $count ->
        [zero] ولا نشرة أخرى
        [one] ونشرة أخرى
        [two] ونشرتان أخريان
        [few] و{ $count } نشرات أخرى
        [many] و{ $count } نشرة أخرى
       *[other] و{ $count } نشرة أخرى
    }
claim-denies = هذا المصدر ينفي الأقوال الأخرى عن هذا الحدث.
status-reason = السبب
status-why = لماذا هذه الدرجة
outlets-count =
    { $count ->
        [zero] لا ناقل
        [one] ناقل واحد
        [two] ناقلان
        [few] { $count } ناقلين
        [many] { $count } ناقلًا
       *[other] { $count } ناقل
    }
origins-count =
    { $count ->
        [zero] لا أصل
        [one] أصل واحد
        [two] أصلان
        [few] { $count } أصول
        [many] { $count } أصلًا
       *[other] { $count } أصل
    }
and-more =
    { $count ->
        [zero] ولا شيء غير ذلك
        [one] وواحد آخر
        [two] واثنان آخران
        [few] و{ $count } غير ذلك
        [many] و{ $count } غير ذلك
       *[other] و{ $count } غير ذلك
    }
why-nothing = لم يُسمَّ أحد قاله.
why-one-origin = نقله لا يقوّيه.
why-one-party = كل الأصول من طرف واحد في النزاع.
why-party-unknown = لا يُعرف أن الأصول من أطراف مختلفة.
why-no-party = أصل واحد على الأقل لا ينتمي إلى أي طرف في النزاع.
why-parties = الأصول من أطراف مختلفة في النزاع.
why-contested = هناك من يقول إن هذا خطأ.
why-relays = نقله فقط:
why-unrecorded = لم نكتب وصفًا لما يلي، فلا يُحسب تأييدًا مستقلًا:
why-denied = نفاه:
credibility = المصداقية { $value } من 6
party-statement = تصريح من طرف في النزاع:
party-not-advice = هذه ليست نصيحة منا.
evidence = دليل { $number }
evidence-archived = نسخة محفوظة
evidence-captured = حُفظ في
correction-serious = مهم
correction-was = كان
correction-now = أصبح

## A figure

figure = العدد
figure-period = الفترة
figure-of-these = منهم
figure-no-number = لم يُذكر رقم
figure-no-place = لم يُذكر المكان
figures-lead = كل عدد لمصدره. لا نجمع أعداد مصادر مختلفة.
no-figures = لم يُنشر أي عدد بعد.
figure-range = من { $min } إلى { $max }
figure-min = { $min } على الأقل
figure-max = { $max } على الأكثر
figure-best = أفضل تقدير { $best }
figure-who = مَن:
figure-cumulative = مجموع تراكمي
figure-vague = غير دقيق
figure-rounded = مقرَّب
figure-part-of = جزء من

## Pictures

as-table = في جدول
timeline-lead = متى وقعت الأحداث كما ترويها المصادر، الأحدث أولًا. طول الشريط هو المدة المقصودة، ولا شيء هنا نقطة واحدة.
chart-timeline = متى وقع
chart-timeline-description = سطر لكل حدث أو قول، وكل سطر رابط. يمتد الشريط من أول يوم مقصود إلى آخر يوم. والمعلومات نفسها مكتوبة في هذه الصفحة.
chart-before = قبل ذلك
chart-open = البداية أو النهاية مفتوحة
chart-gap = أيام محذوفة هنا
chart-beyond = يمتد خارج الأيام المعروضة هنا
chart-about = الوقت غير دقيق
chart-perhaps = الوقت غير مؤكد
chart-older =
    { $count ->
        [zero] رُسمت كل الأقوال.
        [one] قول واحد أقدم لم يُرسم، وهو في صفحة يومه.
        [two] قولان أقدم لم يُرسما، وهما في صفحتي يوميهما.
        [few] { $count } أقوال أقدم لم تُرسم، وهي في صفحات أيامها.
        [many] { $count } قولًا أقدم لم تُرسم، وهي في صفحات أيامها.
       *[other] { $count } قول أقدم لم تُرسم، وهي في صفحات أيامها.
    }
chart-figures-description = سطر لكل عدد، وكلها على مقياس واحد يبدأ من الصفر. كل عدد لمصدره، ولا تُجمع الأعداد أبدًا. والمعلومات نفسها في القائمة أدناه.
chart-no-limit = لم يُذكر حد أعلى
chart-best = ذُكر عدد واحد
chart-vague = غير دقيق: العدد في هذا المدى
chart-undrawn-figures =
    { $count ->
        [zero] رُسمت كل الأعداد.
        [one] عدد واحد لم يُرسم، وهو في القائمة.
        [two] عددان لم يُرسما، وهما في القائمة.
        [few] { $count } أعداد لم تُرسم، وهي في القائمة.
        [many] { $count } عددًا لم تُرسم، وهي في القائمة.
       *[other] { $count } عدد لم تُرسم، وهي في القائمة.
    }
chart-trend = أعداد هذا المصدر عبر الزمن
chart-trend-description = عمود لكل عدد من هذا المصدر، من الأول إلى الأحدث، ويبدأ من الصفر. والمعلومات نفسها في القائمة.
figure-earlier =
    { $count ->
        [zero] لا أعداد سابقة لهذا المصدر
        [one] عدد سابق واحد لهذا المصدر
        [two] عددان سابقان لهذا المصدر
        [few] { $count } أعداد سابقة لهذا المصدر
        [many] { $count } عددًا سابقًا لهذا المصدر
       *[other] { $count } عدد سابق لهذا المصدر
    }
chart-calendar-description = كل يوم أو شهر مع عدد الأقوال عنه. أطول شريط له أكثر الأقوال. وما فيه شيء يُقرأ فهو رابط.
map-lead = أين تقع الأماكن، بقدر ما نعرف من الدقة. رسم تقريبي، والشمال في الأعلى. لا يبيّن خطوط قتال ولا طرقًا آمنة. وعدم وجود خبر لا يعني أن المكان هادئ.
chart-map-description = كل مكان مساحة عليها اسمه، وتقود إلى صفحته. والمعلومات نفسها في الجدول أدناه.
chart-locator = أين يقع
chart-locator-description = رسم تقريبي، والشمال في الأعلى: { $places }. يبيّن مساحات لا نقاطًا دقيقة.
map-area = يقع المكان في هذه المساحة
map-silent = لا خبر في آخر يوم
map-water = مياه
map-roads = طرق رئيسية
map-known = دقة الموقع
map-outline = بحدوده
map-no-report = لا خبر، وهذا لا يعني أن المكان هادئ.
map-unnamed =
    { $count ->
        [zero] لكل الأسماء مكان.
        [one] اسم واحد لم يتسع له الرسم، وهو في الجدول.
        [two] اسمان لم يتسع لهما الرسم، وهما في الجدول.
        [few] { $count } أسماء لم يتسع لها الرسم، وهي في الجدول.
        [many] { $count } اسمًا لم يتسع لها الرسم، وهي في الجدول.
       *[other] { $count } اسم لم يتسع لها الرسم، وهي في الجدول.
    }
map-more =
    { $count ->
        [zero] رُسمت كل الأماكن.
        [one] مكان واحد أخباره أقدم لم يُرسم.
        [two] مكانان أخبارهما أقدم لم يُرسما.
        [few] { $count } أماكن أخبارها أقدم لم تُرسم.
        [many] { $count } مكانًا أخبارها أقدم لم تُرسم.
       *[other] { $count } مكان أخبارها أقدم لم تُرسم.
    }
map-undrawn =
    { $count ->
        [zero] كل الأماكن معروف موقعها.
        [one] مكان واحد لا نعرف موقعه فلم يُرسم.
        [two] مكانان لا نعرف موقعهما فلم يُرسما.
        [few] { $count } أماكن لا نعرف مواقعها فلم تُرسم.
        [many] { $count } مكانًا لا نعرف مواقعها فلم تُرسم.
       *[other] { $count } مكان لا نعرف مواقعها فلم تُرسم.
    }
metres = { $count } م
kilometres = { $count } كم

## A neighbourhood, a source, a date

conditions = كيف الحال
last-report = آخر تقرير
unreported = لا تقارير عن:
silent-since = لا توجد تقارير منذ { $date }، وهذا لا يعني أن المكان هادئ.
# A page that fits on one sheet of paper, for a wall.
sheet = ورقة واحدة للطباعة
sheet-from = طُبعت من
sheet-more = كل ما نعرفه عن هذا المكان:
sheet-other = أخبار أخرى
sheet-more-corrections =
    { $count ->
        [zero] كل التصحيحات المهمة في هذه الورقة.
        [one] تصحيح مهم آخر ليس في هذه الورقة.
        [two] تصحيحان مهمان آخران ليسا في هذه الورقة.
        [few] { $count } تصحيحات مهمة أخرى ليست في هذه الورقة.
        [many] { $count } تصحيحًا مهمًا آخر ليست في هذه الورقة.
       *[other] { $count } تصحيح مهم آخر ليست في هذه الورقة.
    }
sheet-left-out =
    { $count ->
        [zero] كل الأقوال في هذه الورقة.
        [one] قول أقدم واحد ليس في هذه الورقة.
        [two] قولان أقدم ليسا في هذه الورقة.
        [few] { $count } أقوال أقدم ليست في هذه الورقة.
        [many] { $count } قولًا أقدم ليست في هذه الورقة.
       *[other] { $count } قول أقدم ليست في هذه الورقة.
    }
part-of = جزء من
within = أماكن ضمنه
claims-by-day = الأقوال بحسب يوم وصولها إلينا
code-pcode = رمز المكان لدى منظمات الإغاثة (P-code)
code-geonames = الرقم في GeoNames، وهو سجلّ للأماكن
code-wikidata = الرقم في ويكي بيانات
point = على الخريطة
point-north = { $degrees }° شمالًا
point-south = { $degrees }° جنوبًا
point-east = { $degrees }° شرقًا
point-west = { $degrees }° غربًا
precision = الدقة
other-names = بلغات أخرى
spellings = يُكتب أيضًا
short-name = الاسم المختصر
source-party = الطرف
source-sees = كيف يعرف
source-relays = ينقل غالبًا عن
source-owner = المالك
source-url = موقعه
source-no-record = لم نكتب وصفًا لهذا المصدر بعد. وإلى ذلك الحين لا يُحسب مستقلًا عن غيره.
source-fared = ما آلت إليه أقواله
source-fared-of =
    { $count ->
        [zero] من بين أقواله:
        [one] من قول واحد:
        [two] من قولين:
        [few] من { $count } أقوال:
        [many] من { $count } قولًا:
       *[other] من { $count } قول:
    }
source-corrected =
    { $count ->
        [zero] لم يُصحَّح منها شيء.
        [one] صُحِّح منها قول واحد.
        [two] صُحِّح منها قولان.
        [few] صُحِّح منها { $count } أقوال.
        [many] صُحِّح منها { $count } قولًا.
       *[other] صُحِّح منها { $count } قول.
    }
source-claims = ما قاله
source-relayed = ما نقله عن غيره
earlier = السابق
later = التالي
date-happened = ما حدث حينها
date-said = ما قيل حينها عن وقت آخر
date-published = ما نُشر حينها
date-corrected = ما صُحّح لاحقًا

## An event

event-claims = من يقول ماذا
event-via = نقله
event-direct = لا أحد نعرفه
event-relay = يُعدّ ناقلًا فقط
event-denies = ينفي ذلك

## Pages that are not there

not-found = لا توجد صفحة بهذا العنوان. ربما نُقلت أو كان العنوان خاطئًا.
not-found-home = إلى الصفحة الرئيسية
not-found-no-home = ارجع إلى الوراء أو افتح الصفحة الرئيسية للموقع.
stub-moved = الصفحة الآن هنا:
stub-withdrawn = سُحب ما كان هنا. نرجو عدم تناقله.
stub-expired = ما كان هنا أصبح قديمًا ولم يعد يُعرض.
stub-at = متى
stub-what = النشرة
stub-why = السبب

## In the text of a page

footnotes = حواشٍ
footnote-back = عودة إلى النص
alert-note = ملاحظة
alert-tip = نصيحة
alert-important = مهم
alert-warning = تحذير
alert-caution = تنبيه
task-done = أُنجز:
task-open = لم يُنجز:
table = جدول
