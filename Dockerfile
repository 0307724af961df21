# Untested: there was no container engine where this was written.
FROM python:3.11-slim
RUN useradd --create-home --uid 10001 assistant
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY prompts prompts
COPY ingest ingest
COPY assistant assistant
# "[ray]" for a node of a Ray cluster.
ARG EXTRAS=""
RUN pip install --no-cache-dir --only-binary :all: --no-binary article-assistant -c constraints.txt ".${EXTRAS}" \
    && mkdir /data && chown assistant /data
USER assistant
WORKDIR /data
VOLUME /data
ENV ASSISTANT_CORPUS=/data/corpus
EXPOSE 7860
HEALTHCHECK --start-period=60s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/healthz')"]
ENTRYPOINT ["assistant"]
CMD ["chat", "--host", "0.0.0.0"]
