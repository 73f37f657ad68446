"""学年と就学: born when, in which school year. A school year begins on April 1; who is born on April 1 belongs to the year before
(学校教育法17条、年齢計算ニ関スル法律)."""

import datetime

from yakin import Plugin, Reject

GRADES = ["小学1年", "小学2年", "小学3年", "小学4年", "小学5年", "小学6年", "中学1年", "中学2年", "中学3年"]

plugin = Plugin(
    ja="生年月日から、学年と小学校に入る日を出します。",
    en="Works out school years and the first day of school from birth dates.",
)


def entry_year(birth: datetime.date) -> int:
    """The year in which a child enters school: April 1 after the sixth birthday; ages are completed the day before a birthday."""
    early = (birth.month, birth.day) <= (4, 1)
    return birth.year + (6 if early else 7)


@plugin.function(
    ja="小学校に入る日（4月1日）を出します。",
    en="The first day of school (an April 1).",
    help={"birth": "生年月日 / the birth date"},
)
def entry(birth: datetime.date) -> datetime.date:
    return datetime.date(entry_year(birth), 4, 1)


@plugin.function(
    ja="ある日の学年を出します。就学前は「就学前」、中学校を出た後は「中学卒業後」です。",
    en="The school year on a day: 就学前 before school, 中学卒業後 after it.",
    help={"birth": "生年月日 / the birth date", "on": "調べる日 / the day"},
)
def grade(birth: datetime.date, on: datetime.date) -> str:
    if on < birth:
        raise Reject(f"調べる日（{on}）が、生年月日（{birth}）より前です。")
    year = on.year if (on.month, on.day) >= (4, 1) else on.year - 1
    passed = year - entry_year(birth)
    if passed < 0:
        return "就学前"
    return GRADES[passed] if passed < len(GRADES) else "中学卒業後"


Api = plugin.api()
