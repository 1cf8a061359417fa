"""Every table of the house: importing this file makes SQLModel.metadata complete."""

from typing import Final

from sqlmodel import SQLModel

from bot.store.absences import Absence
from bot.store.accounts import Account, RecoveryCode, RoleGrant
from bot.store.api_answers import ApiAnswer
from bot.store.api_tokens import ApiToken
from bot.store.attendance_texts import AttendanceText
from bot.store.audit import AuditHead, AuditLine
from bot.store.broadcast_texts import BroadcastText, BroadcastWait
from bot.store.broadcast_translations import BroadcastTranslation
from bot.store.broadcasts import Broadcast
from bot.store.calendar_changes import CalendarChange
from bot.store.classes import ClassTeacher, SchoolClass, StudentClass
from bot.store.consents import ConsentEvent
from bot.store.contacts import Contact
from bot.store.contents import Content
from bot.store.counts import Count, CountShare
from bot.store.families import Family, FamilyContact, Student
from bot.store.family_changes import FamilyChange
from bot.store.family_notes import FamilyNote
from bot.store.inbound import Inbound, TurnedAway
from bot.store.marks import Mark
from bot.store.media import Media
from bot.store.name_words import NameWord
from bot.store.notices import Notice
from bot.store.number_changes import NumberChange
from bot.store.outbox import OutboxRow
from bot.store.partners import Partner
from bot.store.pictures import Picture
from bot.store.polls import Poll, PollAnswer
from bot.store.reminders import Reminder, ReminderRule
from bot.store.revisions import FlowRevision
from bot.store.school_changes import SchoolChange
from bot.store.school_events import SchoolEvent
from bot.store.schools import School, Staff, StaffSchool
from bot.store.sign_ins import Attempt, OneTimeLink, SignIn
from bot.store.spending import Spent
from bot.store.statuses import StatusEvent
from bot.store.subscriptions import Subscription
from bot.store.tags import FamilyTag
from bot.store.teachers import StudentTeacher
from bot.store.text_orders import TextOrder
from bot.store.thread_marks import ThreadMark, ThreadTold
from bot.store.thread_texts import ThreadNote, ThreadReply, ThreadSeen, Translation
from bot.store.threads import Thread
from bot.store.translation_tasks import TranslationTask
from bot.store.troubles import Trouble

TABLES: Final[tuple[type[SQLModel], ...]] = (
    Absence,
    Account,
    ApiAnswer,
    ApiToken,
    Attempt,
    AttendanceText,
    AuditHead,
    AuditLine,
    Broadcast,
    BroadcastText,
    BroadcastTranslation,
    BroadcastWait,
    CalendarChange,
    ClassTeacher,
    ConsentEvent,
    Contact,
    Content,
    Count,
    CountShare,
    Family,
    FamilyChange,
    FamilyContact,
    FamilyNote,
    FamilyTag,
    FlowRevision,
    Inbound,
    Mark,
    Media,
    NameWord,
    Notice,
    NumberChange,
    OneTimeLink,
    OutboxRow,
    Partner,
    Picture,
    Poll,
    PollAnswer,
    RecoveryCode,
    Reminder,
    ReminderRule,
    RoleGrant,
    School,
    SchoolClass,
    SchoolChange,
    SchoolEvent,
    SignIn,
    Spent,
    Staff,
    StaffSchool,
    StatusEvent,
    Student,
    StudentClass,
    StudentTeacher,
    Subscription,
    TextOrder,
    Thread,
    ThreadMark,
    ThreadNote,
    ThreadReply,
    ThreadSeen,
    ThreadTold,
    Translation,
    TranslationTask,
    Trouble,
    TurnedAway,
)
