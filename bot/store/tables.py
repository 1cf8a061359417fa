"""Every table of the house: importing this file makes SQLModel.metadata complete."""

from typing import Final

from sqlmodel import SQLModel

from bot.store.absences import Absence
from bot.store.accounts import Account, RecoveryCode, RoleGrant
from bot.store.audit import AuditHead, AuditLine
from bot.store.broadcasts import Broadcast
from bot.store.consents import ConsentEvent
from bot.store.contacts import Contact
from bot.store.contents import Content
from bot.store.counts import Count, CountShare
from bot.store.families import Family, FamilyContact, Student
from bot.store.inbound import Inbound, TurnedAway
from bot.store.marks import Mark
from bot.store.media import Media
from bot.store.notices import Notice
from bot.store.outbox import OutboxRow
from bot.store.partners import Partner
from bot.store.revisions import FlowRevision
from bot.store.school_changes import SchoolChange
from bot.store.school_events import SchoolEvent
from bot.store.schools import School, Staff, StaffSchool
from bot.store.sign_ins import Attempt, OneTimeLink, SignIn
from bot.store.spending import Spent
from bot.store.statuses import StatusEvent
from bot.store.subscriptions import Subscription
from bot.store.teachers import StudentTeacher
from bot.store.threads import Thread
from bot.store.troubles import Trouble

TABLES: Final[tuple[type[SQLModel], ...]] = (
    Absence,
    Account,
    Attempt,
    AuditHead,
    AuditLine,
    Broadcast,
    ConsentEvent,
    Contact,
    Content,
    Count,
    CountShare,
    Family,
    FamilyContact,
    FlowRevision,
    Inbound,
    Mark,
    Media,
    Notice,
    OneTimeLink,
    OutboxRow,
    Partner,
    RecoveryCode,
    RoleGrant,
    School,
    SchoolChange,
    SchoolEvent,
    SignIn,
    Spent,
    Staff,
    StaffSchool,
    StatusEvent,
    Student,
    StudentTeacher,
    Subscription,
    Thread,
    Trouble,
    TurnedAway,
)
