using System.Text.Json.Nodes;

namespace GateAction.StandIns.GitHub.State;

internal sealed class Check(long id, string sha, string name, DateTimeOffset startedAt)
{
    public long Id { get; } = id;

    public string Sha { get; } = sha;

    public string Name { get; } = name;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public string Status { get; set; } = "queued";

    public string? Conclusion { get; set; }

    public string? DetailsUrl { get; set; }

    public string? ExternalId { get; set; }

    public string? Title { get; set; }

    public string? Summary { get; set; }

    public List<JsonNode> Annotations { get; } = [];
}
