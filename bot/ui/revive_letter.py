"""The draft of a letter to a partner that has gone quiet: what is on record, and placeholders for the rest."""

from collections.abc import Iterator

from bot.domain.contacts import Contact
from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange
from bot.domain.offices import LANGUAGES
from bot.domain.partnerships import Kind
from bot.domain.reviving import AnniversaryHook, TopicHook
from bot.i18n.texts import Texts, Written
from bot.services.reviving import ReviveKit
from bot.ui.profiles import topic_name

NAMED_KINDS = (Kind.SISTER_CITY, Kind.FRIENDSHIP_CITY, Kind.MOU)
"""Kinds that the letter calls by their name; the others are plain contact."""

RULE = "-" * 30


def letter_name(kit: ReviveKit) -> str:
    return f"letter-{kit.tie.partner.key}.txt"


def letter_file(texts: Texts, kit: ReviveKit) -> bytes:
    """The letter in both languages, the reader's first, and below in theirs what to check before it is sent."""
    parts = [
        texts("letter.file_note", home=kit.home, partner=kit.tie.partner),
        *(
            _headed(in_it(f"language.{in_it.language}"), letter(in_it, kit))
            for in_it in map(Texts, sorted(LANGUAGES, key=lambda language: language != texts.language))
        ),
        _headed(texts("letter.check"), *_checks(texts, kit)),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def _headed(name: str, *lines: str) -> str:
    return "\n".join([RULE, name, RULE, *lines])


def letter(texts: Texts, kit: ReviveKit) -> str:
    """The letter in one language, paragraphs with a line between them."""
    return "\n\n".join(part for part in _paragraphs(texts, kit) if part)


def _paragraphs(texts: Texts, kit: ReviveKit) -> Iterator[str]:
    person = next(iter(kit.contacts), None)
    yield texts("letter.head", home=kit.home, date=PartialDate.of(kit.today))
    yield _addressee(texts, kit, person)
    yield texts("letter.dear", name=Written(_salutation(texts, person)))
    for paragraph in _body(texts, kit, person):
        yield texts("letter.paragraph", text=Written(paragraph))
    yield texts("letter.close", home=kit.home)


def _body(texts: Texts, kit: ReviveKit, person: Contact | None) -> Iterator[str]:
    tie, last = _tie_sentence(texts, kit), _last_sentence(texts, kit.last)
    yield texts("letter.opening", tie=Written(tie), last=Written(last))
    yield texts("letter.renew")
    if kit.hooks.anniversary is not None:
        yield _anniversary(texts, kit.hooks.anniversary)
    if kit.hooks.topic is not None:
        yield _topic(texts, kit, kit.hooks.topic)
    yield texts("letter.propose")
    if person is None:
        yield texts("letter.pass_on")
    yield texts("letter.look_forward")


def _addressee(texts: Texts, kit: ReviveKit, person: Contact | None) -> str:
    name, post = _name(texts, person), _post(texts, person)
    lines = [
        name or texts("letter.no_name"),
        post or texts("letter.no_post"),
        person.organisation if person and person.organisation else "",
        texts.place_in_full(kit.tie.partner),
    ]
    return "\n".join(line for line in lines if line)


def _salutation(texts: Texts, person: Contact | None) -> str:
    name, post = _name(texts, person), _post(texts, person)
    if not name:
        return texts("letter.no_addressee")
    if not (texts.language.startswith("zh") and post):
        return name
    together = f"{name}{post}"
    return together if together.isascii() is False and " " not in together else f"{name} {post}"


def _name(texts: Texts, person: Contact | None) -> str:
    return _in(texts, person.name, person.name_zh) if person else ""


def _post(texts: Texts, person: Contact | None) -> str:
    return _in(texts, person.post, person.post_zh) if person else ""


def _in(texts: Texts, latin: str | None, chinese: str | None) -> str:
    """In the language of the letter where it is known in it, else as it is known."""
    first, second = (chinese, latin) if texts.language.startswith("zh") else (latin, chinese)
    return first or second or ""


def _tie_sentence(texts: Texts, kit: ReviveKit) -> str:
    act = kit.tie.lead_act
    kind = act.kind.value if act.kind in NAMED_KINDS else "contact"
    names = {"home": kit.home, "partner": kit.tie.partner}
    if act.signed is None:
        return texts(f"letter.tie_undated_{kind}", **names)
    return texts(f"letter.tie_{kind}", signed=act.signed, **names)


def _last_sentence(texts: Texts, last: Exchange | None) -> str:
    if last is None:
        return texts("letter.no_exchange")
    chinese = texts.language.startswith("zh")
    title = last.title_zh if chinese else last.title
    if title:
        return texts("letter.last_titled", kind=last.kind, title=title, date=last.date)
    return texts("letter.last", kind=last.kind, date=last.date)


def _anniversary(texts: Texts, hook: AnniversaryHook) -> str:
    occurrence = hook.coming.occurrence
    return texts(f"letter.anniversary_{occurrence.precision.value}", when=occurrence, n=hook.coming.years)


def _topic(texts: Texts, kit: ReviveKit, hook: TopicHook) -> str:
    topics = [Written(topic_name(texts, topic)) for topic in hook.topics]
    return texts(f"letter.topic_{hook.how.value}", topics=topics, partner=kit.tie.partner, home=kit.home)


def _checks(texts: Texts, kit: ReviveKit) -> Iterator[str]:
    """What each statement rests on, with record numbers: for whoever sends the letter, not for the partner."""
    act = kit.tie.lead_act
    yield texts("letter.check_act", record=Written(act.record), kind=act.kind, status=act.status)
    if kit.last is not None:
        yield texts("letter.check_last", record=Written(kit.last.record))
    for person in kit.contacts[:1]:
        yield texts("letter.check_contact", record=Written(person.record))
    hooks = kit.hooks
    if hooks.anniversary is not None:
        yield texts("letter.check_anniversary", record=Written(hooks.anniversary.act.record))
    if hooks.topic is not None and hooks.topic.exchange is not None:
        yield texts("letter.check_topic", record=Written(hooks.topic.exchange.record))
    elif hooks.topic is not None:
        yield texts("letter.check_profile", sources=list(hooks.topic.sources))
    if hooks.event is not None:
        yield texts("letter.check_event", record=Written(hooks.event.exchange.record))
    yield texts("letter.check_places")
