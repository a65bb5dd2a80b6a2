namespace GateAction.StandIns.GitHub;

/// <summary>A request that reached the stand-in, with its answer.</summary>
internal sealed record RecordedRequest(int Number, string Method, string Path, string Query, string Body)
{
    /// <summary>The token that it was sent with; null if there was none.</summary>
    public string? Token { get; init; }

    public int Status { get; set; }

    public string? Answer { get; set; }

    public FaultKind? Fault { get; set; }

    public bool IsWrite => Method != "GET";

    public override string ToString() => $"{Method} {Path}{Query}";
}
