"""Questions asked one after the other, and what the last of them is answered."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.console.questions import document
from bot.domain.access import Role
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.offices import office_named
from bot.services.questions import ask

CHAINS: Sequence[tuple[str, Sequence[str], str]] = [
    (
        "en",
        ["When did we sign with Seattle?", "and Portland?", "how far is it?"],
        "Kaohsiung and Portland are",
    ),
    # What was listed is told one by one, where it is asked if it is in force; and in how many countries it lies.
    (
        "en",
        ["Who are our partners in Korea?", "are they still active?"],
        "P218 with Daejeon (friendship city): active",
    ),
    ("zh-TW", ["我們在韓國有哪些締盟城市", "還有效嗎"], "P218（大田"),
    ("en", ["How many sister cities do we have?", "in how many countries?"], "countries"),
    ("zh-TW", ["我們有幾個姊妹市", "在幾個國家"], "個國家"),
    ("en", ["How many sister cities do we have in Asia?", "and outside Asia?"], "29 sister cities"),
    # Another field stands in the place of the one before; others than were told, and a year that was, are not kept to.
    ("en", ["Is Guam our partner?", "and whose else is it?"], "`P119` Taichung"),
    ("en", ["Exchanges with Portland in sports", "and in education?"], "`X4` 8 – 9 June 2002"),
    ("zh-TW", ["我們和波特蘭有哪些體育交流", "教育呢"], "`X4` 2002年6月8日"),
    ("en", ["Exchanges with Portland on tourism", "and in sports?"], "`X134` 7 – 8 June 2025"),
    ("en", ["What exchanges did we have with Portland?", "anything else?"], "I did not understand"),
    ("zh-TW", ["和波特蘭的交流", "那一年還有別的嗎"], "看不懂"),
    ("zh-TW", ["上次跟邁阿密交流是什麼時候", "那年還有什麼交流"], "看不懂"),
    ("en", ["When did we sign with Seattle?", "what time is it there?"], "Seattle is 16 hours behind"),
    ("en", ["When did we sign with Portland?", "who signed?"], "P194"),
    ("en", ["When did we last meet Miami?", "who took part?"], "Kaohsiung and Miami."),
    (
        "en",
        ["When did we last meet Miami?", "who took part?", "was it virtual?"],
        "No. `X23` 17 February 2012",
    ),
    ("zh-TW", ["上次跟邁阿密交流是什麼時候", "跟西雅圖呢", "誰參加"], "高雄市和西雅圖。"),
    ("zh-TW", ["和波特蘭的交流", "哪一次是展覽？"], "X89"),
    ("en", ["How many visits did we make in 2019?", "Where is Gold Coast?"], "Gold Coast is in Queensland"),
    ("en", ["Where is Boston?", "What do we have with Seattle?"], "Contact with Seattle"),
    ("en", ["agreements by decade", "What do we have with Seattle and Prague?"], "No agreement with Prague"),
    ("zh-TW", ["每年交流幾次", "和西雅圖是什麼關係"], "自1991年起為姊妹市"),
    ("zh-TW", ["西雅圖在哪裡", "我們跟它有什麼關係"], "自1991年起為姊妹市"),
    ("zh-TW", ["和波特蘭的交流", "哪幾次是視訊？"], "與波特蘭 · 線上"),
    ("en", ["Exchanges with Portland", "which one was online?"], "with Portland · virtual"),
    ("en", ["How many exchanges did we hold in 2025?", "which ones were sport?"], "X134"),
    ("zh-TW", ["上次跟邁阿密交流是什麼時候", "是視訊的嗎"], "沒有，`X23` 2012年2月17日"),
    ("zh-TW", ["跟西雅圖哪一年簽的", "有多遠"], "高雄市與西雅圖直線距離"),
    (
        "en",
        ["When did we sign with Seattle?", "when did we last meet?", "how often?"],
        "1 exchange · with Seattle",
    ),
    ("en", ["When did we last meet Miami?", "and when did we sign?"], "Kaohsiung and Miami"),
    ("en", ["Tell me about Busan", "any exchanges"], "with Busan"),
    ("zh-TW", ["我們有幾個友好城市", "含各區呢"], "：8 個友好城市"),
    ("en", ["Do we and Tainan both have a sister city in Korea?", "and in Israel?"], "No. Kaohsiung: no"),
    ("zh-TW", ["我們跟臺南市都有韓國姊妹市嗎", "以色列呢"], "高雄市：沒有"),
    ("en", ["How many friendship cities do we have?", "and with the districts?"], "8 friendship cities"),
    ("en", ["Which Japanese partners have we?", "which of them are quiet?"], "Hachioji"),
    (
        "en",
        ["Which Japanese partners have we?", "when did we last meet them?"],
        "Aomori Prefecture and Mutsu",
    ),
    (
        "en",
        ["When did we sign with Seattle?", "Is it still active?", "why did it end?"],
        "has not ended (P195",
    ),
    ("zh-TW", ["西雅圖是我們的姊妹市嗎", "什麼時候簽的", "交流過幾次"], "與西雅圖"),
    ("zh-TW", ["釜山", "有交流過嗎"], "與釜山"),
    ("en", ["When did we sign with Busan?", "will it end?"], "I know the words"),
    ("en", ["Which is our oldest sister city?", "will they end it?"], "I know the words"),
    ("en", ["Seattle", "quiet?"], "Contact with Seattle: stale"),
    ("en", ["Which partners are quiet?", "which is quiet the longest"], "Seattle"),
    ("zh-TW", ["有哪些姊妹市在日本", "友好城市呢"], "位於日本"),
    ("zh-TW", ["有哪些姊妹市在日本", "備忘錄呢"], "位於日本"),
    ("en", ["Tell me about Portland", "exchanges?", "the last one"], "X134"),
    # The partner of a record, and the oldest, are known to the next question.
    ("en", ["Which is our oldest sister city?", "when did we last meet?"], "Last exchange with Honolulu"),
    ("en", ["P195", "last contact?"], "Last exchange with Seattle"),
    # What names somebody, or asks how many are "ours", is a question of its own.
    ("en", ["When did we last meet Miami?", "how many exchanges did we hold in 2025?"], "5 exchanges"),
    ("en", ["When did we last meet Miami?", "which exchanges in 2025 were about sport?"], "Portland"),
    ("en", ["When did we last meet Miami?", "how many exchanges in 2025?"], "5 exchanges"),
    ("en", ["When did we last meet Miami?", "who took part in the last exchange with Seattle?"], "Seattle"),
    (
        "en",
        ["How many books did we give Miami?", "What was decided with Seattle?"],
        "No decisions are recorded",
    ),
    ("zh-TW", ["我們送邁阿密幾本圖書？", "和西雅圖決定了什麼？"], "未記載決議"),
    ("en", ["Which memoranda do we have in Japan?", "Trips abroad of our mayor"], "Honolulu"),
    ("en", ["When did we last meet Seattle?", "what was decided?"], "No decisions are recorded"),
    ("en", ["Which city has the most sister cities?", "and the second?"], "Kaohsiung: 33"),
    ("en", ["Which is our oldest sister city?", "and the second?"], "Busan"),
    # What exchanges are narrowed to is kept.
    ("en", ["Did we celebrate the 50th anniversary with Honolulu?", "when was that?"], "4 August 2012"),
    (
        "en",
        ["Do we have sister cities in Africa that we never had an exchange with?", "which ones?"],
        "Durban",
    ),
    ("en", ["Which exchanges had more than 20 people?", "and in 2002?"], "X4"),
    ("zh-TW", ["檀香山是我們的姊妹市嗎", "檀香山市長去過嗎"], "X38"),
    ("zh-TW", ["六月有哪些交流？", "2019年呢"], "X68"),
    # Of the one that was spoken of, and never of the whole city.
    ("zh-TW", ["高雄跟栃木縣簽了什麼？", "是姊妹市嗎？"], "否，沒有所問的類型"),
    ("zh-TW", ["釜山", "是不是友好城市？"], "否，沒有所問的類型"),
    ("en", ["What agreements do we have with Aomori?", "is it a sister city?"], "No. None of the kind"),
    ("en", ["Tell me about Busan", "is it a sister city then?"], "Yes. Kaohsiung and Busan"),
    ("en", ["Is Kaga our sister city?", "what happened there?", "what kind of agreement is it?"], "P202"),
    ("en", ["Tell me about Seattle", "Is there a memorandum?"], "No. None of the kind"),
    ("zh-TW", ["釜山", "備忘錄是誰簽的？"], "釜山"),
    ("zh-TW", ["釜山", "有友好城市嗎？"], "大田"),
    ("en", ["Tell me about Busan", "Do we have memoranda?"], "Yes. 6 agreements"),
    ("en", ["Tell me about Busan", "How many partners?"], "40 partners"),
    ("en", ["Tell me about Busan", "Have all partners signed?"], "I know the words"),
    ("en", ["Which Japanese partners have we?", "is it a sister city?"], "I know the words"),
    ("zh-TW", ["我們在日本有哪些締盟城市？", "還有效嗎？"], "P199（群馬縣，友好城市）：現況未確認"),
    ("zh-TW", ["是姊妹市嗎？"], "不確定指的是哪裡"),
    ("zh-TW", ["有姊妹市嗎？"], "33 件"),
    ("en", ["When did we sign with Seattle?", "Are we still sister cities?"], "Yes. Kaohsiung and Seattle"),
    ("zh-TW", ["青森縣", "算是友好城市還是姊妹市？"], "P210"),
    ("en", ["Tell me about Aomori", "is it in Japan?"], "Whom do you mean?"),
    ("en", ["Tell me about Aomori", "is it the oldest?"], "Whom do you mean?"),
    ("zh-TW", ["八王子是日本最早的友好城市嗎？", "是最早的嗎？"], "不確定指的是哪裡"),
    # The one that the answer told.
    ("zh-TW", ["高雄最老的姊妹市是哪一個？", "什麼時候簽的？"], "自1962年起"),
    ("zh-TW", ["高雄最老的姊妹市是哪一個？", "今年幾週年？"], "檀香山64週年"),
    ("zh-TW", ["高雄最老的姊妹市是哪一個？", "近五年有往來嗎？"], "沒有這類交流紀錄"),
    ("zh-TW", ["高雄最老的姊妹市是哪一個？", "第二個呢？"], "釜山"),
    ("zh-TW", ["高雄最老的姊妹市是哪一個？", "第二個呢？", "距今幾年？"], "60"),
    ("zh-TW", ["高雄最老的姊妹市是哪一個？", "什麼時候簽的？", "第二個呢？"], "字詞都認得"),
    (
        "en",
        ["Which was our last exchange?", "when did we sign with them?"],
        "Guam: sister city since 5 March",
    ),
    (
        "en",
        ["Which partner did we meet most often?", "when was it signed?"],
        "Portland: sister city since 1988",
    ),
    ("en", ["Do we have a sister city in Poland?", "since when?"], "Gdynia"),
    (
        "en",
        ["When did the mayor of Cebu last visit us?", "since when are we sister cities?"],
        "Cebu City: sister city since 1970",
    ),
    ("en", ["When did we last meet Portland?", "and before that?"], "X89"),
    ("zh-TW", ["上次跟波特蘭交流是什麼時候", "前一次呢？"], "X89"),
    # What was asked before still holds, where some of those that were told are chosen.
    (
        "en",
        ["List the agreements we signed since 2020", "only the sister cities"],
        "Kaohsiung: 3 sister cities",
    ),
    ("zh-TW", ["高雄2020年以來簽了哪些協議？", "只要姊妹市"], "3 個姊妹市"),
    ("zh-TW", ["我們在美國有哪些姊妹市？", "哪些是2000年以前簽的？"], "5 個姊妹市"),
    (
        "en",
        ["What did we sign in 2024?", "which of them are memoranda?"],
        "3 places · memoranda · whatever their status · signed in 2024",
    ),
    (
        "en",
        ["Who are our partners in Japan?", "how many are friendship cities?"],
        "6 friendship cities · in Japan",
    ),
    ("zh-TW", ["我們在日本有哪些締盟城市？", "哪些是縣？"], "位於日本"),
    ("en", ["When did we last meet Miami?", "how many are memoranda?"], "6 agreements · memoranda"),
    ("en", ["Which partners did we sign with since 2020?", "any exchanges?"], "I know the words"),
    (
        "en",
        ["Which exchanges were there in 2025?", "which of them were visits?", "how many were signings?"],
        "2 exchanges",
    ),
    ("zh-TW", ["高雄跟小岩城有互訪嗎？", "幾次？"], "X28"),
    ("zh-TW", ["高雄有哪些姊妹市？", "現在呢？"], "字詞都認得"),
    # "With them" is with the one, also where others are asked about.
    ("en", ["Tell me about Guam", "are they twinned with Taipei?"], "Yes. Taipei and Guam"),
    ("zh-TW", ["關島", "他們跟臺中也有締盟嗎？"], "是，臺中市與關島"),
    ("en", ["Tell me about Guam", "And who else in Taiwan has ties with it?"], "Guam: 3 partners"),
    ("en", ["Which Japanese partners have we?", "are they twinned with Perth?"], "I know the words"),
    # What is not understood, and names nobody, leaves the one before as it was.
    ("en", ["Tell me about Busan", "what did he look at?", "when was it signed?"], "30 June 1966"),
    ("en", ["Tell me about Busan", "thanks", "when was it signed?"], "30 June 1966"),
    ("en", ["Tell me about Busan", "Tell me about Frobnitz", "when was it signed?"], "Whom do you mean?"),
    ("en", ["Which exchanges did we have with Portland?", "who led it?"], "I know the words"),
    # What was signed with the one that is spoken of, and nobody else's agreements.
    ("en", ["Is Mutsu a partner of ours?", "What is the agreement called?"], "P210"),
    ("en", ["Tell me about Busan", "What did we sign?"], "P191"),
    ("en", ["Tell me about Busan", "What did we sign in 2024?"], "Basseterre"),
    ("zh-TW", ["西雅圖是我們的姊妹市嗎？", "我們簽了什麼？"], "P195"),
    ("zh-TW", ["西雅圖是我們的姊妹市嗎？", "協議叫什麼名字？"], "P195"),
    ("zh-TW", ["西雅圖跟波特蘭是姊妹市嗎？", "我們簽了什麼？"], "我看不懂"),
    ("en", ["Is Mutsu a partner of ours?", "Who else signed it?"], "I did not understand"),
    ("zh-TW", ["陸奧市是我們的友好城市嗎？", "還有誰一起簽？"], "我看不懂"),
    # "With them" is with those that were told, or with nobody that is known.
    (
        "en",
        ["Which sister cities of ours signed before 1990?", "How many exchanges did we have with them?"],
        "I know the words",
    ),
    ("zh-TW", ["哪些姊妹市是1990年以前簽的？", "我們跟他們交流過幾次？"], "字詞都認得"),
    ("en", ["Which Japanese partners have we?", "How many exchanges did we have with them?"], "in Japan"),
    ("en", ["Which agreements did we sign?", "Who else in Taiwan is twinned with them?"], "I know the words"),
    # Of what was told, and not of the tie beside it.
    ("zh-TW", ["陸奧市有派人來常駐嗎？", "什麼時候開始的？"], "X131"),
    ("zh-TW", ["去年我們簽了哪些協議？", "有姊妹市嗎？"], "格丁尼亞"),
    ("en", ["What did we sign in 2024?", "any sister cities?"], "25 June 2024"),
    ("zh-TW", ["我們的姊妹市有比臺南市多嗎？", "那比臺中市呢？"], "臺中市：30"),
    ("en", ["Do we have more sister cities than Tainan?", "And than Taipei?"], "• Kaohsiung: 33"),
    ("zh-TW", ["我們的姊妹市有比臺南市多嗎？", "那臺中市呢？"], "字詞都認得"),
    ("en", ["When did we last meet Miami?", "Were we the hosts?"], "I did not understand"),
    ("zh-TW", ["上次跟邁阿密交流是什麼時候", "我們是主辦方嗎？"], "看不懂"),
    ("en", ["What did we do with Seattle?", "Has anyone from Kaohsiung been there?"], "I know the words"),
    ("en", ["What do we have in Germany?", "Is Emmendingen still active?"], "P197"),
    ("zh-TW", ["我們在德國有哪些夥伴？", "埃門丁根還有效嗎？"], "P197"),
    ("en", ["Is Malé still our sister city?", "Why not?"], "declared invalid"),
    ("zh-TW", ["馬列還是我們的姊妹市嗎？", "為什麼不是？"], "經宣告無效"),
    ("en", ["When did we last meet Portland?", "And the one before?"], "X89"),
    # Of the one tie that was told of many homes, and of no other of the same city.
    (
        "en",
        ["Which cities have partners in Lithuania?", "and in Ecuador?", "Since when?"],
        "Taipei and Quito",
    ),
    ("en", ["Which cities have partners in Ecuador?", "When was that signed?"], "since 2016 (P21)"),
    ("zh-TW", ["哪些城市在厄瓜多有姊妹市？", "哪一年簽的？"], "自2016年起為姊妹市（P21）"),
    ("en", ["Which cities have partners in Latvia?", "When was that signed?"], "I know the words"),
    # Those that were told, narrowed, and not all that there are.
    (
        "en",
        ["Who are our partners in Japan?", "Which ones signed after 2016?"],
        "in Japan · signed since 2017",
    ),
    ("en", ["Who are our partners in Japan?", "Which signed before 2010?"], "Hachioji"),
    ("zh-TW", ["我們在日本有哪些締盟城市？", "2016年以後簽的有哪些？"], "位於日本 · 簽署2016年以來"),
    (
        "zh-TW",
        ["跟韓國締盟的臺灣城市有幾個？", "2000年以前締結的有哪些？"],
        "依城市：\n• 高雄市：`P191` 釜山",
    ),
    # Those that another has as well.
    (
        "en",
        ["Who are our partners in Japan?", "Which of them are also partners of Taichung?"],
        "Kaohsiung and Taichung: 2 partners",
    ),
    ("zh-TW", ["我們在日本有哪些締盟城市？", "其中哪些也跟臺中締盟？"], "臺中市：`P113` 青森縣"),
    (
        "en",
        ["Who is partnered with Honolulu?", "Which of them are also partnered with Busan?"],
        "`P191` Kaohsiung",
    ),
    ("zh-TW", ["哪些城市跟檀香山締盟？", "哪些也跟關島締盟？"], "與下列共有：關島"),
    (
        "en",
        ["Which cities have partners in Lithuania?", "Which of them also have a partner in South Korea?"],
        "• Tainan: `P146` Gwangju",
    ),
    (
        "en",
        ["Who are our partners in Japan?", "Which of them also have a partner in Korea?"],
        "I know the words",
    ),
    # "They" beside another place are those that were spoken of, or nobody.
    ("en", ["Tell me about Gunma", "Did Tainan sign with them too?"], "no tie of Tainan with Gunma"),
    ("zh-TW", ["群馬縣跟我們是什麼關係？", "臺中也有跟他們簽嗎？"], "P109"),
    ("zh-TW", ["群馬縣跟我們是什麼關係？", "彰化縣也是他們的友好城市嗎？"], "P259"),
    (
        "en",
        ["Which is our oldest sister city?", "Is it Tainan's sister city, too?"],
        "no tie of Tainan with Honolulu",
    ),
    ("en", ["Which Japanese partners have we?", "Did Taichung sign with them?"], "I know the words"),
    # What was asked of an exchange holds for no plans.
    (
        "en",
        ["What did we do with Miami?", "Was it online?", "Any plans for next year?"],
        "with Miami · planned · in 2027",
    ),
    (
        "zh-TW",
        ["我們跟邁阿密有哪些交流？", "是線上的嗎？", "明年有什麼計畫？"],
        "與邁阿密 · 規劃中 · 於2027年",
    ),
    (
        "en",
        ["When did we sign with Seattle?", "How long will we have been partners by then?"],
        "I did not understand",
    ),
    ("zh-TW", ["跟西雅圖哪一年簽的", "屆時締盟幾年了？"], "我看不懂"),
    # The day of each of several, and all that was signed before.
    ("en", ["Who are our partners in Korea?", "When did we sign with them?"], "P218"),
    ("en", ["Are Busan and Daejeon our sister cities?", "When did we sign with them?"], "P218"),
    ("zh-TW", ["我們在日本有哪些締盟城市？", "分別是什麼時候簽的？"], "2013年3月4日"),
    ("en", ["Who are our partners in Korea?", "When was it signed?"], "I know the words"),
    # The nearest and the farthest are others than the one that was spoken of.
    ("en", ["How far is Seattle?", "and the nearest sister city?"], "Cebu City"),
    ("en", ["When did we last meet Miami?", "and the farthest from here?"], "Barranquilla"),
    ("zh-TW", ["波特蘭離我們多遠", "那最遠的呢"], "巴蘭幾亞"),
    ("zh-TW", ["波特蘭離我們多遠", "那最近的姊妹市呢"], "宿霧"),
    ("en", ["When did we last meet Miami?", "when did we last meet the nearest?"], "I did not understand"),
    (
        "en",
        [
            "Which sister cities do we have in the US?",
            "which is the nearest?",
            "how far is it?",
            "and the farthest?",
        ],
        "Miami, Florida",
    ),
    # What others have in common, and with whom.
    ("en", ["What do Taipei and Taichung have in common?", "and Taipei and Tainan?"], "Oklahoma City"),
    ("en", ["What do Taipei and Taichung have in common?", "and Kaohsiung and Taoyuan?"], "Guam"),
    ("zh-TW", ["臺北跟臺中有哪些共同的姊妹市", "那臺北和臺南呢"], "黃金海岸"),
    ("en", ["Do we and Tainan share any partner?", "and with Taipei?"], "Mbabane"),
    ("en", ["Do we and Tainan share any partner?", "and Taichung?"], "Gunma"),
    ("en", ["What do Taipei and Taichung have in common?", "and Kaohsiung?"], "I know the words"),
    # A meeting by video at which something was signed is a signing.
    (
        "en",
        ["How many virtual visits did Taoyuan have in 2022?", "how many of them were signings?"],
        "2 exchanges",
    ),
    ("zh-TW", ["臺南2022年有幾次視訊交流", "有幾次是簽約"], "共 1 次交流"),
    ("en", ["What did Taichung do with Guam?", "how many of them were signings?"], "1 exchange "),
    ("zh-TW", ["臺南2022年有哪些交流", "有簽約的嗎"], "X100"),
    ("zh-TW", ["高雄去年有哪些交流", "有簽約的嗎"], "有，2 筆交流"),
    ("zh-TW", ["高雄去年有哪些交流", "只要簽約的"], "X139"),
    # The time is kept where only another sort is counted.
    ("en", ["How many exchanges in 2024?", "how many virtual?"], "0 exchanges · virtual · in 2024"),
    ("zh-TW", ["臺北2021年有哪些交流", "線上的有幾次"], "共 3 次交流"),
    (
        "en",
        ["How many visits did Taipei receive in 2023?", "and how many virtual ones?"],
        "virtual · in 2023",
    ),
    # "Only" chooses from what was told.
    (
        "en",
        ["Which partners do we have in Japan?", "only the memoranda", "and Taichung?"],
        "6 places · memoranda",
    ),
    (
        "en",
        ["Which partners does Taichung have in Japan?", "only the memoranda", "and Kaohsiung?"],
        "8 places",
    ),
    ("en", ["Which exchanges did we have in 2025?", "only the signings"], "2 exchanges"),
    ("en", ["What did we do with Portland?", "only the visits"], "X24"),
    ("en", ["When did we last meet Portland?", "only the virtual ones"], "with Portland · virtual"),
    ("zh-TW", ["我們去年有哪些交流", "只看日本的"], "3 筆交流"),
    ("zh-TW", ["我們2023年有哪些交流", "只看視訊的"], "線上 · 於2023年"),
    ("en", ["How many partners have we signed with since 2015?", "without Japan"], "but not: in Japan"),
    ("zh-TW", ["我們去年有哪些交流", "不含日本", "不含美國"], "X139"),
    ("zh-TW", ["我們去年有哪些交流", "只看日本的", "扣掉日本"], "字詞都認得"),
    ("en", ["How many exchanges did we have in 2019?", "which cities?"], "Oakland"),
    ("zh-TW", ["我們在日本有幾個友好城市", "哪些城市"], "八王子市"),
    ("en", ["Which year saw the most exchanges?", "which cities?"], "I know the words"),
    # Numbers beside each other, and places in an order.
    ("en", ["How many sister cities do we have?", "and Tainan?", "which has more?"], "Kaohsiung has 4 more"),
    ("zh-TW", ["我們在日本有幾個友好城市", "那臺中呢", "哪個比較多"], "高雄市多 2 個"),
    ("zh-TW", ["我們在日本有幾個友好城市", "跟臺中比呢"], "高雄市多 2 個"),
    (
        "en",
        ["How many friendship cities do we have in Japan?", "compared with Taichung?"],
        "Kaohsiung has 2 more",
    ),
    (
        "en",
        ["How many sister cities do we have in Japan?", "in Korea?", "which has more?"],
        "I know the words",
    ),
    ("en", ["When is our next anniversary?", "and the one after that?"], "4 March 2027"),
    ("zh-TW", ["我們下一個週年是什麼時候", "再下一個呢"], "2027年3月4日"),
    ("en", ["Which is our oldest sister city?", "and the one after that?"], "Busan"),
    ("en", ["Which is our newest sister city?", "and the one after that?"], "I did not understand"),
    ("en", ["Which city has the most sister cities?", "and the second most?"], "Kaohsiung: 33"),
    ("zh-TW", ["哪個城市姊妹市最多", "第二多的呢"], "高雄市：33"),
    ("en", ["Which year saw the most exchanges?", "and the second most?"], "2012: 4"),
    # After the day that was told, and no other.
    ("zh-TW", ["跟西雅圖哪一年簽的", "之後有交流嗎"], "X19"),
    ("en", ["When did we sign with Busan?", "has anyone come since?"], "since 1 July 1966"),
    ("zh-TW", ["跟西雅圖哪一年簽的", "之後有交流嗎", "那釜山呢"], "字詞都認得"),
    ("en", ["When did we last meet Portland?", "did anything happen after that?"], "I did not understand"),
    ("en", ["When did we sign with Seattle?", "when did we go there?"], "with Seattle · outgoing visit"),
    ("en", ["Tell me about Honolulu", "when were they last here?"], "incoming visit"),
    ("zh-TW", ["我們跟檀香山是什麼關係", "他們最近一次來是什麼時候"], "來訪"),
    # Another place stands on the side where it lies.
    ("zh-TW", ["我們和關島有什麼協議", "臺中市也有嗎"], "是，臺中市與關島"),
    ("zh-TW", ["我們和關島有什麼協議", "臺中市也有嗎", "桃園呢"], "是，桃園市與關島"),
    ("zh-TW", ["臺北和首爾簽過什麼", "哪一個是最近的", "那大邱呢"], "P16"),
    ("zh-TW", ["高雄和釜山簽過什麼", "哪一個是最近的", "那大田呢"], "P218"),
    ("zh-TW", ["臺中有沒有韓國的夥伴", "最近一次交流呢", "那高雄呢"], "位於南韓"),
    ("en", ["Tell me about Guam", "when did they visit?", "who else in Taiwan has Guam?"], "P119"),
    # Not of the signing that was asked about, and of the place that was.
    ("en", ["When did we sign with Portland?", "who signed?", "what about last year?"], "I know the words"),
    ("zh-TW", ["我們跟群馬縣簽了什麼", "有幾個協議"], "與群馬縣"),
    (
        "en",
        ["Do we have any agreement with Aomori Prefecture?", "how many agreements?"],
        "with Aomori Prefecture",
    ),
    ("zh-TW", ["跟西雅圖哪一年簽的", "那釜山呢", "誰先"], "字詞都認得"),
    ("en", ["Which cities have partners in Guam?", "since when?"], "signed 15 December 2021"),
    # Others that have it, too; what was told in an order; another year beside the one that was told.
    ("zh-TW", ["我們的姊妹市在馬紹爾群島有幾個", "其他縣市在那裡也有嗎"], "`P72` 賈盧伊特環礁"),
    (
        "en",
        ["How many of our sister cities are in Palau?", "Do other cities have any there, too?"],
        "`P133` Melekeok",
    ),
    (
        "en",
        ["Which sister cities have we in Palau?", "Which other Taiwanese cities have partners there?"],
        "P299",
    ),
    ("zh-TW", ["我們跟釜山的關係", "臺南也有嗎"], "臺南市與釜山之間沒有締盟紀錄"),
    ("zh-TW", ["布里斯本是我們的姊妹市嗎", "其他縣市呢"], "布里斯本：沒有"),
    ("en", ["What is our tie with Guam?", "Does Taichung have it, too?"], "Taichung and Guam"),
    ("zh-TW", ["關島跟我們的關係", "臺中也有嗎"], "P119"),
    (
        "en",
        ["When did we sign with Seattle and Portland?", "Which of the two is older?"],
        "Kaohsiung and Portland",
    ),
    ("zh-TW", ["西雅圖和波特蘭是什麼時候簽的", "哪一個比較早"], "P194"),
    ("zh-TW", ["西雅圖和波特蘭是什麼時候簽的", "哪一個比較晚"], "P195"),
    ("zh-TW", ["我們有幾個姊妹市", "依年份排列"], "`P190` 檀香山"),
    ("en", ["How many sister cities do we have?", "sort them by year please"], "`P190` Honolulu"),
    ("en", ["Which sister cities do we have?", "in chronological order"], "`P190` Honolulu"),
    ("zh-TW", ["西雅圖是我們的姊妹市嗎", "日期"], "1991"),
    ("zh-TW", ["我們有哪些姊妹市", "依國家列出"], "美國：15"),
    ("en", ["Which sister cities do we have?", "by country"], "United States: 15"),
    ("en", ["How many exchanges did we have in 2025?", "and the year before?"], "in 2024"),
    ("zh-TW", ["我們去年有幾次交流", "比前年多還是少"], "2024：5"),
    ("en", ["How many exchanges did we have last year?", "more or less than the year before?"], "2024: 5"),
    ("en", ["How many sister cities did we sign before 1980?", "and after that?"], "signed since 1980"),
    ("zh-TW", ["上次跟邁阿密交流是什麼時候", "上次他們來是什麼時候"], "`X20` 2011年5月29日"),
    ("en", ["Is Seattle our partner?", "What was signed there in 1991?"], "P195"),
    ("zh-TW", ["熊本縣跟我們是什麼關係", "跟誰一起簽的"], "看不懂"),
]

ELSEWHERE: Sequence[tuple[str, str, Sequence[str], str]] = [
    ("Taipei", "zh-TW", ["我們送過布拉格口罩嗎", "本市與休士頓的協議及交流"], "X39"),
    ("Tainan", "zh-TW", ["臺南跟青森簽的是什麼？", "弘前也有嗎？", "是友好城市嗎？"], "否，沒有所問的類型"),
    ("Tainan", "zh-TW", ["臺南的區有哪些姊妹市？", "安南區什麼時候簽的？"], "自2025年10月9日起"),
    ("Tainan", "en", ["Do our districts have partners?", "when did Annan sign?"], "9 October 2025"),
    ("Tainan", "zh-TW", ["臺南在菲律賓有幾個姊妹市？", "哪一個最早？", "哪些有簽署日期？"], "阿克蘭省"),
    ("Tainan", "en", ["When did we sign with New Orleans?", "was the mayor there?"], "No such exchange"),
    ("Tainan", "zh-TW", ["我們跟加美地市的關係？", "備忘錄是誰簽的？"], "P167"),
    ("Taoyuan", "zh-TW", ["中壢區有姊妹市嗎？", "龜山呢？"], "大草原城"),
    ("Taoyuan", "zh-TW", ["桃園區有姊妹市嗎？", "大園呢？"], "字詞都認得"),
    ("Taoyuan", "en", ["Which of our ties are with Choshi?", "is it a sister city?"], "No. None of the kind"),
    (
        "Taoyuan",
        "en",
        ["Which of our ties are with Choshi?", "is it a sister city?", "by video?"],
        "X97",
    ),
    ("Taoyuan", "en", ["Which of our partners are in Japan?", "which of them are prefectures?"], "in Japan"),
    ("Taoyuan", "zh-TW", ["桃園2021年簽了哪些姊妹市？", "有辦線上簽約的嗎？"], "字詞都認得"),
    (
        "New Taipei",
        "en",
        ["How many sister cities does New Taipei have?", "and with the districts?"],
        "15 sister cities",
    ),
    ("New Taipei", "zh-TW", ["新北市有幾個美國姊妹市？", "含各區呢？"], "12 個姊妹市"),
    ("New Taipei", "zh-TW", ["我們有日本的友好城市嗎？", "區的呢？"], "安來市"),
    ("New Taipei", "zh-TW", ["淡水區跟誰締結姊妹市？", "三峽呢？", "什麼時候簽的？"], "三峽區與鑽石吧"),
    ("New Taipei", "zh-TW", ["淡水有姊妹市嗎", "瑞芳勒"], "P236"),
    ("Tainan", "zh-TW", ["京都ㄉ協議是哪年簽的", "山形ㄋ?"], "P159"),
    ("Kaohsiung", "zh-TW", ["高雄跟加賀市是友好城市嗎？", "鼓山區呢？"], "是，鼓山區與加賀市"),
    (
        "Taichung",
        "en",
        ["Tell me about Auckland", "Who else in Taiwan is twinned with them?"],
        "Auckland: no partners",
    ),
    ("Taichung", "en", ["Tell me about Miyazaki", "What did we sign with them?"], "P120"),
    ("Taichung", "zh-TW", ["宮崎縣", "我們跟他們簽了什麼？"], "P120"),
    ("Tainan", "en", ["Is Annaka a friendship city yet?", "What did we sign?"], "P166"),
    (
        "Tainan",
        "en",
        ["Is Annaka a friendship city yet?", "What did we sign?", "Who signed it for us?"],
        "P166 with Annaka",
    ),
    ("Tainan", "zh-TW", ["跟弘前市的備忘錄是哪一年簽的？", "還有誰一起簽？"], "我看不懂"),
    ("Tainan", "zh-TW", ["約納瓦是姊妹市嗎？", "在哪裡簽的？", "他們市長什麼時候來過？"], "X107"),
    ("Taipei", "zh-TW", ["布拉格協定在哪裡簽的？", "他們市長來過嗎？"], "有，2 筆交流"),
    ("Taipei", "zh-TW", ["布拉格市長來過台北幾次？", "分別是什麼時候？"], "X66"),
    ("Taipei", "en", ["How often did the mayor of Prague visit us?", "When were they?"], "X66"),
    ("Taoyuan", "en", ["Do we have more sister cities than Tainan?", "And than Kaohsiung?"], "• Taoyuan: 19"),
    (
        "Taoyuan",
        "en",
        ["When did we sign with Long Beach?", "When did their council approve it?", "Was it signed online?"],
        "X101",
    ),
    ("New Taipei", "en", ["What do we have in Germany?", "Is Starnberg still active?"], "P238"),
    ("Tainan", "zh-TW", ["送鳳梨給哪個城市？", "送了多少？"], "47"),
    ("Kaohsiung", "en", ["When did we last meet Miami?", "How many years ago was that?"], "17 February 2012"),
    ("Kaohsiung", "zh-TW", ["上次跟邁阿密交流是什麼時候", "距今幾年？"], "2012年2月17日"),
    ("Kaohsiung", "en", ["When did we sign with Miami?", "How many years ago was that?"], "sister city"),
    ("Kaohsiung", "zh-TW", ["上次跟波特蘭交流是什麼時候", "再上一次呢？"], "X89"),
    ("Kaohsiung", "zh-TW", ["跟西雅圖哪一年簽的", "再上一次呢？"], "看不懂"),
    ("Tainan", "en", ["Which city did we give pineapples to?", "How many?"], "47 boxes"),
    ("Tainan", "en", ["Which city did we give pineapples to?", "How many times?"], "1 exchange"),
    ("Taipei", "zh-TW", ["松山市何時簽的友好城市？", "之前有簽過什麼嗎？"], "P19"),
    ("Taipei", "en", ["When did we sign with Matsuyama?", "Did we sign anything before that?"], "P19"),
    (
        "Taipei",
        "en",
        ["Did Yokohama's mayor visit, and why?", "and what kind of partner are they?"],
        "Whom do you mean",
    ),
    ("Taipei", "en", ["Tell me about Yokohama", "and what kind of partner are they?"], "P15"),
    ("Tainan", "zh-TW", ["臺南和水上町最近三年有什麼交流", "是誰簽的"], "X143"),
    ("New Taipei", "zh-TW", ["三峽區有姊妹市嗎", "最近一次交流是什麼時候", "那淡水呢"], "沒有這類交流紀錄"),
    ("Taichung", "zh-TW", ["那大分縣是姊妹市嗎", "有幾個協議"], "2 件"),
    ("Taichung", "en", ["When did we sign with Austin?", "when did we go there?"], "X14"),
    (
        "Taichung",
        "en",
        ["How many exchanges with Auckland?", "only visits", "to Taichung"],
        "I know the words",
    ),
    ("Taichung", "zh-TW", ["我們和關島是什麼時候締結姊妹市的", "誰簽的", "之後有來訪嗎"], "X128"),
    ("Taichung", "zh-TW", ["大分縣跟我們是什麼關係?", "內容是什麼?"], "P112 名稱"),
    (
        "Taichung",
        "en",
        ["What agreements do we have with Nakatsu?", "What is it about?"],
        "cycling and tourism",
    ),
    ("", "zh-TW", ["嘉義市", "有美國的嗎"], "是，紀錄中有 6 件"),
    ("", "zh-TW", ["新竹縣", "在美國的呢", "有幾個"], "新竹縣：2 個締盟城市"),
    ("", "en", ["Chiayi City", "Any in the United States?", "and Tainan?"], "Yes. 12 agreements on record"),
]
"""By the office that asks; a reader of the ministry has none."""


@pytest.mark.parametrize(
    ("language", "questions", "told"), CHAINS, ids=[" ".join(each[1]) for each in CHAINS]
)
async def test_a_chain(seeded_desk: Desk, language: str, questions: Sequence[str], told: str) -> None:
    assert told in await last_told(seeded_desk, "Kaohsiung", language, questions)


@pytest.mark.parametrize(
    ("office", "language", "questions", "told"), ELSEWHERE, ids=[" ".join(each[2]) for each in ELSEWHERE]
)
async def test_a_chain_elsewhere(
    seeded_desk: Desk, office: str, language: str, questions: Sequence[str], told: str
) -> None:
    assert told in await last_told(seeded_desk, office, language, questions)


async def last_told(desk: Desk, office: str, language: str, questions: Sequence[str]) -> str:
    """The answer to the last of these questions, each of which may go on from the one before."""
    asks = await office_named(desk, office) if office else None
    caller = replace(Caller(language, role=Role.OPERATOR), office=asks)
    frame, told = None, ""
    for question in questions:
        answered = await ask(desk, caller, question, frame)
        frame, told = answered.frame, document(answered, Texts(language))["text"]
    return told
