"""gunicorn's settings in production: gunicorn --config python:bot.web.production 'app:create_app()'."""

# In a container; the unit of systemd binds to loopback.
bind = "0.0.0.0:8000"
worker_class = "gthread"
workers = 2
threads = 16
keepalive = 75
# Twilio waits 15 s at most for an answer; what is under way at a restart gets as long.
timeout = 30
graceful_timeout = 15
max_requests = 0
loglevel = "warning"
# An access log holds addresses with telephone numbers in their queries.
accesslog = None
