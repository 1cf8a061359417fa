"""Ally, room by room; each room imports only from the rooms above it in this list.

words       catalogs, locale formats, segments, phone numbers, opt-out words (pure)
hear        which language a text is in and what it asks (pure)
flow        the conversation state machine (pure)
ports       what leaves the building: carrier, queue, clock
settings    the only reader of the environment
store       tables, queries and migrations; nobody else writes SQL
people      families and staff: roster, consent, accounts, sign-in
school      calendar, directory, rights library
carrier     the outside: twilio, and local, a Twilio-shaped carrier on this machine
outbox      every outgoing message: put, drain, status, reconcile, sweep
talk        a person writes and is answered: receive, turn, threads
broadcast   the school writes to many: audience, preview, fan-out, progress
examine     what is wrong with an installation, and the fix
records     database, keys and bell of an installation, opened: records(settings) -> Records
sending     what sends, for a process that needs no words: sender(settings) -> Sender
wiring      all of it; with these two the only place that names concrete parts: build(settings) -> Bot
web         hooks for the carrier, console for staff, health
jobs        what the queue runs
cli         the ally command
"""
