# The SDK comes from its own image, the C library to link with from Debian 12: what is built here also starts on older systems (.ci/native checks it).
ARG DOTNET_VERSION=10.0
FROM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION} AS sdk

FROM debian:bookworm-slim AS build
COPY --from=sdk /usr/share/dotnet /usr/share/dotnet
ENV PATH=/usr/share/dotnet:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    DOTNET_NOLOGO=1 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
RUN apt-get update -qq && \
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ca-certificates clang libssl3 tzdata zlib1g-dev
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig LICENSE THIRD-PARTY-NOTICES.md ./
COPY .ci/native .ci/image-root .ci/
COPY .ci/release/runtime-notices .ci/release/
COPY src/BannedSymbols.txt src/
COPY src/GateAction.Cel/ src/GateAction.Cel/
COPY src/GateAction.Core/ src/GateAction.Core/
COPY src/GateAction/ src/GateAction/
RUN .ci/native /out && .ci/image-root /out/gate /root-of-image

FROM scratch
COPY --from=build /root-of-image /
ENV PATH=/usr/bin
# GitHub mounts the workspace and the files for outputs and the summary as the runner's user, writable for it and for root only
# (https://docs.github.com/actions/reference/dockerfile-support-for-github-actions#user). Elsewhere: docker run --user.
USER 0
ENTRYPOINT ["/usr/bin/gate", "run"]
