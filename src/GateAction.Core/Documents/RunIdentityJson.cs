using System.Text.Json;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>The field <c>run</c> of a document.</summary>
internal static class RunIdentityJson
{
    public static void WriteOptional(Utf8JsonWriter writer, RunIdentity? run)
    {
        if (run is null)
            return;
        writer.WriteStartObject("run");
        writer.WriteString("repository", run.Repository);
        writer.WriteString("commit", run.Commit);
        writer.WriteNumber("id", run.Id);
        writer.WriteNumber("attempt", run.Attempt);
        writer.WriteEndObject();
    }

    public static RunIdentity? Optional(JsonCursor root) => root.Optional("run") is { } run
        ? new(run.Required("repository").String(), run.Required("commit").String(), run.Required("id").Long(),
        run.Required("attempt").Int())
        : null;
}
