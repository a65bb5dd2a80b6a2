namespace GateAction.Core.Model;

/// <summary>Names of facts that more than the kind which declares them knows: reports draw them, masks look into them, soaks keep them
/// apart.</summary>
public static class FactNames
{
    /// <summary>The samples of a soak, each with facts of its own.</summary>
    public const string Observations = "observations";

    /// <summary>The time of each sample, in order.</summary>
    public const string Latencies = "latencies";

    /// <summary>True for a sample that was answered with success.</summary>
    public const string Ok = "ok";

    /// <summary>True if nobody answered, and that was asked for.</summary>
    public const string Refused = "refused";

    public const string Headers = "headers";

    /// <summary>An answer as a text; <see cref="Json"/> holds the same as values.</summary>
    public const string Body = "body";

    /// <summary>What was read as JSON, by whatever kind.</summary>
    public const string Json = "json";

    /// <summary>A file as a text.</summary>
    public const string Text = "text";

    /// <summary>What a program wrote.</summary>
    public const string Stdout = "stdout";

    /// <summary>What a WebSocket received.</summary>
    public const string Messages = "messages";

    public const string Tls = "tls";
}
