"""Random answers that every form takes: typed as people type, judged as the pages judge."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from portal.domain.counter.paper_layout import LATER
from portal.domain.forms.answers import Context, is_said, parse_answer, type_back
from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS, Field, Kind
from portal.domain.forms.journeys import Ask, Journey, Page
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.id_checks import resident_id_check_symbol
from portal.domain.shared.money import LARGEST_FEN, format_yuan
from portal.domain.shared.text_cleaning import clean_text
from tests.support.typed import CONTEXT, TODAY

Answers = dict[str, object]
Typed = Sequence[str]

_NAMES = "陈李王石松梅老小东南西北·示范"
_PROSE = _NAMES + "工厂欠薪，。；“”、（） abcXYZ0189<>&\"'#*_$@\\{}[]|~%+=-"
_LONGEST = 40
_MOST_PAGES = 200
_OLDEST = TODAY - timedelta(days=90 * 365)
_JUST_GROWN_UP = date(TODAY.year - 16, TODAY.month, TODAY.day)


def _resident_id(born: date, number: int) -> str:
    first = f"419999{born:%Y%m%d}{number:03d}"
    return first + resident_id_check_symbol(first)


def _prose(field: Field, alphabet: str) -> st.SearchStrategy[str]:
    longest = min(field.max_length, _LONGEST)
    return st.text(alphabet, min_size=1, max_size=longest).filter(clean_text)


def _days(last: date) -> st.SearchStrategy[str]:
    return st.dates(_OLDEST, last).map(date.isoformat)


_TYPED: Mapping[Kind, Callable[[Field], st.SearchStrategy[str]]] = {
    Kind.NAME: lambda _: st.text("陈李王石松梅老小东南西北", min_size=2, max_size=30),
    Kind.ID_NUMBER: lambda _: st.builds(
        _resident_id, st.dates(_OLDEST, _JUST_GROWN_UP), st.integers(0, 999)
    ),
    Kind.ID_PAPER: lambda _: st.integers(10**7, 10**8 - 1).map("E{}".format),
    Kind.PHONE: lambda _: st.integers(2 * 10**7, 9 * 10**7 - 1).map("0571-{}".format),
    Kind.MOBILE: lambda _: st.integers(13 * 10**9, 20 * 10**9 - 1).map(str),
    Kind.BANK_CARD: lambda _: st.integers(10**15, 10**19 - 1).map(str),
    Kind.LINE: lambda field: _prose(field, _PROSE),
    Kind.PARAGRAPH: lambda field: _prose(field, _PROSE + "\n"),
    Kind.MONEY: lambda _: st.integers(0, LARGEST_FEN).map(format_yuan),
    Kind.AGE: lambda _: st.integers(0, 130).map(str),
    Kind.COUNT: lambda _: st.integers(1, 9999).map(str),
    Kind.DATE: lambda _: _days(TODAY),
    Kind.DATE_AHEAD: lambda _: _days(TODAY + timedelta(days=3000)),
    Kind.CONSENT: lambda _: st.just("yes"),
    Kind.TICK: lambda _: st.just("yes"),
}


def what_is_typed(field: Field, context: Context = CONTEXT) -> st.SearchStrategy[Typed]:
    """What somebody may type into a field or pick in it so that it is taken."""
    codes = st.sampled_from([choice.code for choice in context.choices_of(field)] or [""])
    filled: st.SearchStrategy[Typed]
    if field.kind is Kind.SOME_OF:
        filled = st.lists(codes, min_size=1, unique=True)
    elif field.kind is Kind.ONE_OF:
        filled = codes.map(lambda code: [code])
    else:
        filled = _TYPED[field.kind](field).map(lambda text: [text])
    return st.just([]) | filled if field.optional else filled


def typed_again(field: Field, value: object) -> Typed:
    """A stored answer as it is typed again."""
    typed = type_back(field, value)
    return [typed] if isinstance(typed, str) else typed


@st.composite
def answers_to_page(draw: st.DrawFn, page: Page, given: Answers, context: Context) -> Answers:
    """What one page adds to the answers; photos come later."""

    def answer(asks: Sequence[Ask] | Sequence[Field]) -> Answers:
        fields = [FIELDS[one.field] if isinstance(one, Ask) else one for one in asks]
        given = {
            one.name: parse_answer(one, draw(what_is_typed(one, context)), context)
            for one in fields
        }
        return {one.name: given[one.name] if is_said(one, given) else None for one in fields}

    if page.photos:
        return dict(LATER)
    if page.collection_name:
        return {
            page.collection_name: [
                answer(page.member_fields()) for _ in range(draw(st.integers(0, 3)))
            ]
        }
    return answer(page.fields(given))


@st.composite
def filled_forms(draw: st.DrawFn, journey: Journey, context: Context = CONTEXT) -> Answers:
    """All answers of a form that was filled in from its first page to its last."""
    given: Answers = {}
    for _ in range(_MOST_PAGES):
        page = JourneyProgress(journey, Draft(given)).next_page
        if page is None:
            return given
        given |= draw(answers_to_page(page, given, context))
    raise AssertionError(f"/{journey.address} does not end")
