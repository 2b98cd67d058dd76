"""The tables. Rows never leave `db`: its functions return the frozen dataclasses of `bot.domain`."""

from db.tables.base import Base
from db.tables.contacts import ContactRow, ContactSourceRow
from db.tables.exchanges import (
    AttachmentRow,
    AttendeeRow,
    ExchangePartRow,
    ExchangePlaceRow,
    ExchangeRow,
    ExchangeSourceRow,
    ExchangeTopicRow,
)
from db.tables.offices import (
    GroupMemberRow,
    GroupRow,
    OfficeCadenceRow,
    OfficeChannelRow,
    OfficeInvitationRow,
    OfficeKindRuleRow,
    OfficeRoleRow,
    OfficeRow,
    OfficeStepRow,
    OfficeWeightRow,
)
from db.tables.partnerships import (
    ClaimRow,
    ClauseRow,
    CommitmentRow,
    PartnershipRow,
    PartnershipSourceRow,
    PartRow,
    PartyRow,
    PilotRow,
    SignatoryRow,
    SignedNameRow,
    StageRow,
    StatusRow,
    StepRow,
)
from db.tables.places import PlaceNameRow, PlaceRow, RecordNumberRow
from db.tables.pressure import PressureNoteRow, PressurePlaceRow, PressureSourceRow
from db.tables.profiles import ProfileRow
from db.tables.questions import AskedQueryRow
from db.tables.reminders import MutedTieRow, OccasionRow, ReminderRow
from db.tables.running import AuditRow, DraftRow, PreferenceRow, ShardRow, WatermarkRow, WorkerRow

__all__ = [
    "AskedQueryRow",
    "AttachmentRow",
    "AttendeeRow",
    "AuditRow",
    "Base",
    "ClaimRow",
    "ClauseRow",
    "CommitmentRow",
    "ContactRow",
    "ContactSourceRow",
    "DraftRow",
    "ExchangePartRow",
    "ExchangePlaceRow",
    "ExchangeRow",
    "ExchangeSourceRow",
    "ExchangeTopicRow",
    "GroupMemberRow",
    "GroupRow",
    "MutedTieRow",
    "OccasionRow",
    "OfficeCadenceRow",
    "OfficeChannelRow",
    "OfficeInvitationRow",
    "OfficeKindRuleRow",
    "OfficeRoleRow",
    "OfficeRow",
    "OfficeStepRow",
    "OfficeWeightRow",
    "PartRow",
    "PartnershipRow",
    "PartnershipSourceRow",
    "PartyRow",
    "PilotRow",
    "PlaceNameRow",
    "PlaceRow",
    "PreferenceRow",
    "PressureNoteRow",
    "PressurePlaceRow",
    "PressureSourceRow",
    "ProfileRow",
    "RecordNumberRow",
    "ReminderRow",
    "ShardRow",
    "SignatoryRow",
    "SignedNameRow",
    "StageRow",
    "StatusRow",
    "StepRow",
    "WatermarkRow",
    "WorkerRow",
]
