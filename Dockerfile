FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-morisawa-bizud-gothic \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/zamagate
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY . .
# the key made for gathering must not stay in the image
RUN useradd --system zamagate \
    && python manage.py gather_static \
    && rm var/secret_key \
    && mkdir /srv/media \
    && chown -R zamagate var /srv/media
USER zamagate
