# What this site calls itself, the sides and what is counted, in Arabic. Awaits a native editor.

site-title = نشرات شرق حلب

side-government = الحكومة وحلفاؤها
side-opposition = المعارضة

measure-barrel-bombs = براميل متفجرة
measure-bombs = قنابل
measure-displaced = نازحون
measure-killed = قتلى
measure-killed-or-injured = قتلى أو جرحى
measure-trapped = محاصرون
