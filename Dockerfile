# One image for every process of Ally; compose.yaml says which runs where.
FROM python:3.13-slim

WORKDIR /srv/ally
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE app.py worker.py ./
COPY bot bot
COPY flows flows
COPY messages messages
RUN pip install --no-cache-dir --no-deps --no-build-isolation . && useradd --system --uid 10001 ally
USER ally
EXPOSE 8000
CMD ["gunicorn", "--config", "python:bot.web.production", "app:create_app()"]
