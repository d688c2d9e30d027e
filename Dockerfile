# `cpd` in a container. Build it in a clone, and run it in the folder of a journal:
#
#   docker build --tag cpdkit .
#   docker run --rm --volume "$PWD:/journal" --user "$(id -u):$(id -g)" cpdkit check

FROM python:3.13-slim AS wheel
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY cpdkit cpdkit
COPY templates templates
COPY docs/reference/diagnostics docs/reference/diagnostics
COPY fonts fonts
RUN python -m pip wheel --no-deps --wheel-dir /wheels . ./fonts

FROM python:3.13-slim
RUN --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    python -m pip install --no-cache-dir --root-user-action=ignore /wheels/*.whl
# Without a user of the system, as with --user, HOME would be / and could not be written.
ENV HOME=/tmp
WORKDIR /journal
ENTRYPOINT ["cpd"]
CMD ["--help"]
