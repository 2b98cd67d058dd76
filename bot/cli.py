"""The command line: the second door to the services, for operators and for files.

A further group of commands is a module of `bot.console` and one `add_typer` here.
"""

from typing import Annotated

import typer

from bot import running
from bot.clock import system_clock
from bot.console.audit import history, undo
from bot.console.claims import claim, prefer
from bot.console.commitments import list_commitments
from bot.console.confirmations import confirm, dispute
from bot.console.contacts import contact_commands
from bot.console.database import database_commands
from bot.console.decisions import decision_done
from bot.console.frame import LanguageOption, fail, out, read_day, read_settings, run_work, say
from bot.console.groups import group_commands
from bot.console.health import show_health
from bot.console.lessons import lesson_commands
from bot.console.life import end, pause, resume, show_timeline
from bot.console.matching import match, profile
from bot.console.offices import office_commands
from bot.console.partner_lists import calendar, compare_, list_, ties
from bot.console.partners import partner_commands
from bot.console.partnership_editing import add, edit
from bot.console.pressure import pressure_commands
from bot.console.privacy import privacy_commands
from bot.console.prospects import prospect_commands
from bot.console.questions import ask_question
from bot.console.registry import export, import_file
from bot.console.reminders import reminder_commands
from bot.console.reviving import revive
from bot.console.sentences import log
from bot.console.unanswered import question_commands
from bot.console.visit_planning import plan
from bot.console.visits import visit_commands
from bot.doctor import examine
from bot.domain.errors import AttacheError, Unavailable
from bot.logs import set_up_logging
from bot.services.workers import read_shards
from db.engine import EngineError, reason_of

app = typer.Typer(help=say("cli.about"), no_args_is_help=True, add_completion=False, rich_markup_mode=None)


def main() -> None:
    """Run the command line: 0 for done, 1 with a message for people, 2 for wrong usage."""
    try:
        app()
    except AttacheError as error:
        fail(error)
    except EngineError as error:
        fail(Unavailable("database.failed", reason=reason_of(error)))


@app.command(help=say("cli.run"))
def run(
    shards: Annotated[int | None, typer.Option("--shards", help=say("cli.option.shards"))] = None,
    shard_ids: Annotated[str | None, typer.Option("--shard-ids", help=say("cli.option.shard_ids"))] = None,
) -> None:
    settings = read_settings()
    set_up_logging(settings)
    run_work(running.run(settings, read_shards(shards, shard_ids)))


@app.command(help=say("cli.rehearse"))
def rehearse(
    port: Annotated[int, typer.Option(min=0, max=65535, help=say("cli.option.port"))] = 8765,
    open_: Annotated[bool, typer.Option("--open", help=say("cli.option.open"))] = False,
    today: Annotated[str | None, typer.Option(help=say("cli.option.today"))] = None,
    office: Annotated[str, typer.Option(help=say("cli.option.rehearse_office"))] = "Kaohsiung",
    language: LanguageOption = None,
    database: Annotated[str | None, typer.Option(help=say("cli.option.database"))] = None,
) -> None:
    from bot.rehearsal import Rehearsal, rehearse  # needs the extra that most installations do without

    day = read_day(today, system_clock().astimezone().date())
    chosen = language.value if language else read_settings().language
    run_work(rehearse(Rehearsal(port, open_, day, office, chosen, database)))


@app.command(help=say("cli.doctor"))
def doctor(
    connect: Annotated[bool, typer.Option("--connect", help=say("cli.option.connect"))] = False,
) -> None:
    findings = run_work(examine(read_settings(), connect=connect))
    for finding in findings:
        mark = "✓" if finding.well else "✗"
        out.print(f"{mark} {say(finding.key, **finding.values)}", markup=False, soft_wrap=True)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


app.add_typer(database_commands, name="db")
app.add_typer(group_commands, name="group")
app.add_typer(office_commands, name="office")
partner_commands.command("claim", help=say("cli.partner.claim"))(claim)
partner_commands.command("prefer", help=say("cli.partner.prefer"))(prefer)
partner_commands.command("pause", help=say("cli.partner.pause"))(pause)
partner_commands.command("resume", help=say("cli.partner.resume"))(resume)
partner_commands.command("end", help=say("cli.partner.end"))(end)
partner_commands.command("timeline", help=say("cli.partner.timeline"))(show_timeline)
partner_commands.command("add", help=say("cli.partner.add"))(add)
partner_commands.command("edit", help=say("cli.partner.edit"))(edit)
partner_commands.command("revive", help=say("cli.partner.revive"))(revive)
partner_commands.command("health", help=say("cli.partner.health"))(show_health)
partner_commands.command("match", help=say("cli.partner.match"))(match)
partner_commands.command("profile", help=say("cli.partner.profile"))(profile)
app.add_typer(partner_commands, name="partner")
partner_commands.command("list", help=say("cli.partner.list"))(list_)
partner_commands.command("compare", help=say("cli.partner.compare"))(compare_)
partner_commands.command("ties", help=say("cli.partner.ties"))(ties)
partner_commands.command("calendar", help=say("cli.partner.calendar"))(calendar)
partner_commands.command("commitments", help=say("cli.partner.commitments"))(list_commitments)
app.add_typer(prospect_commands, name="prospect")
app.add_typer(contact_commands, name="contact")
app.add_typer(pressure_commands, name="pressure")
visit_commands.command("plan", help=say("cli.visit.plan"))(plan)
visit_commands.command("confirm", help=say("cli.visit.confirm"))(confirm)
visit_commands.command("dispute", help=say("cli.visit.dispute"))(dispute)
visit_commands.command("decision-done", help=say("cli.visit.decision_done"))(decision_done)
app.add_typer(visit_commands, name="visit")
app.add_typer(lesson_commands, name="lesson")
app.add_typer(privacy_commands, name="privacy")
app.command("ask", help=say("cli.ask"))(ask_question)
app.add_typer(question_commands, name="questions")
app.command("log", help=say("cli.log"))(log)
app.add_typer(reminder_commands, name="reminders")
app.command("history", help=say("cli.history"))(history)
app.command("undo", help=say("cli.undo"))(undo)
app.command("import", help=say("cli.import"))(import_file)
app.command("export", help=say("cli.export"))(export)
