# The SDK stage compiles, the runtime stage holds the program alone.
ARG DOTNET_VERSION=10.0
FROM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION} AS build
# Compiles program and runtime ahead of time, together, and leaves out what of the runtime is not used: `gate run` starts in two thirds of the time.
# Needs the packages microsoft.netcore.app.crossgen2 and microsoft.net.illink.tasks; set to false where they cannot be restored.
ARG READY_TO_RUN=true
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/BannedSymbols.txt src/
COPY src/GateAction.Cel/ src/GateAction.Cel/
COPY src/GateAction.Core/ src/GateAction.Core/
COPY src/GateAction/ src/GateAction/
COPY src/GateAction.Precompilation/ src/GateAction.Precompilation/
RUN dotnet publish src/GateAction/GateAction.csproj --configuration Release --use-current-runtime --self-contained true \
    -p:PublishReadyToRun=${READY_TO_RUN} -p:PublishReadyToRunComposite=${READY_TO_RUN} -p:GenerateDocumentationFile=false -p:EnforceCodeStyleInBuild=false -p:DebugType=none --output /app

FROM mcr.microsoft.com/dotnet/runtime-deps:${DOTNET_VERSION}-noble-chiseled
COPY --from=build /app /app
# Conditions know time zones by name, getHours("Europe/Paris"); the base has none.
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
ENV PATH=/app:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    DOTNET_EnableDiagnostics=0 \
    DOTNET_TieredPGO=0 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
# GitHub mounts the workspace and the files for outputs and the summary as the runner's user, writable for it and for root only
# (https://docs.github.com/actions/reference/dockerfile-support-for-github-actions#user). Elsewhere: docker run --user.
USER root
ENTRYPOINT ["gate", "run"]
