# One image, four roles: web, worker, beat, migrate (deploy/start). Nothing of the demo, the tests or the tools is in it.
ARG PYTHON_IMAGE=python:3.12-slim-bookworm
ARG NODE_IMAGE=node:22-bookworm-slim

# What browsers get from npm: the reader of codes for cameras.
FROM ${NODE_IMAGE} AS browser
WORKDIR /srv/siji
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM ${PYTHON_IMAGE} AS build
ENV UV_PROJECT_ENVIRONMENT=/opt/siji \
    UV_COMPILE_BYTECODE=1 \
    PYTHONNODEBUGRANGES=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1 \
    UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir "uv>=0.8"
WORKDIR /srv/siji
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups
COPY . .
COPY --from=browser /srv/siji/node_modules node_modules
# STAGE=demo only for these two: they touch no database, and need no secrets.
RUN STAGE=demo /opt/siji/bin/python manage.py messages --compile \
 && STAGE=demo STATIC_ROOT=/srv/siji/collected /opt/siji/bin/python manage.py collectstatic --no-input --verbosity 0 \
 && /opt/siji/bin/python -m compileall -q .

FROM ${PYTHON_IMAGE}
# What draws PDFs, and Chinese letters for them.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 siji \
 && useradd --system --uid 10001 --gid siji --home-dir /srv/siji --no-create-home --shell /usr/sbin/nologin siji \
 && install -d -o siji -g siji /srv/data
COPY --from=build /opt/siji /opt/siji
COPY --from=build /srv/siji /srv/siji
ENV PATH=/opt/siji/bin:$PATH \
    MALLOC_ARENA_MAX=2 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STAGE=production \
    PORT=8000 \
    VAR_DIR=/srv/data \
    STATIC_ROOT=/srv/siji/collected
WORKDIR /srv/siji
USER siji
VOLUME /srv/data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["deploy/healthy"]
ENTRYPOINT ["deploy/start"]
CMD ["web"]
