# parleygraph served from a container: docker build -t parleygraph . && docker run -p 127.0.0.1:8000:8000 parleygraph
# The store is in the volume /data. It is built from data/articles when there is none; what is there is served as it
# is. Settings are environment variables, see the README; PARLEYGRAPH_BASE should be the address that people use.

FROM python:3.13-slim AS installed
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --no-deps --only-binary :all: --require-hashes -r requirements.lock
COPY pyproject.toml LICENSE README.md ./
COPY ontology ontology
COPY graph graph
COPY server server
COPY data data
RUN /venv/bin/pip install --no-deps --no-build-isolation --editable .

FROM python:3.13-slim
RUN useradd --uid 10001 --home-dir /app --no-create-home --shell /usr/sbin/nologin parleygraph && install -d -o parleygraph /data
COPY --from=installed /venv /venv
COPY --from=installed /app /app
WORKDIR /app
USER parleygraph
ENV PATH=/venv/bin:$PATH HOST=0.0.0.0 PORT=8000 PARLEYGRAPH_STORE=/data/store PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
# Where some article was rejected, with its reason in the log, what could be read is served; without a graph nothing.
CMD ["sh", "-c", "[ -e \"$PARLEYGRAPH_STORE\" ] || parleygraph build || [ -e \"$PARLEYGRAPH_STORE/current\" ] || exit 1; exec gunicorn -c server/gunicorn.conf.py server.wsgi:application"]
