using System.Text;
using System.Text.RegularExpressions;

namespace GateAction.Tests.Docs;

/// <summary>What docs/messages.md lists: every sentence that the sources can say, by the part of the program that says it.</summary>
internal static partial class MessageIndex
{
    /// <summary>A section of the page, the same of docs/troubleshooting.md, and the folders and files whose messages it holds.</summary>
    internal sealed record Topic(string Title, params string[] Paths);

    // The first topic with a path that a file begins with has it.
    private static readonly Topic[] Topics =
    [
        new("Conditions", "src/GateAction.Cel/", "src/GateAction/Syntax/ConditionSyntax.cs"),
        new("The manifest", "src/GateAction/Syntax/", "src/GateAction/Manifests/"),
        new("The verdict", "src/GateAction.Core/Decisions/", "src/GateAction.Core/Model/"),
        new("Evidence and baseline", "src/GateAction.Core/Documents/", "src/GateAction/Commands/Evidence",
            "src/GateAction/Commands/Baseline",
            "src/GateAction/Commands/ArtifactEvidence.cs", "src/GateAction/GitHub/Artifacts/"),
        new("Connections and certificates", "src/GateAction/Http/", "src/GateAction/Sources/Http/", "src/GateAction/Sources/Sockets/",
            "src/GateAction/Sources/Grpc/", "src/GateAction/Sources/Names/", "src/GateAction/Sources/Attempts.cs",
            "src/GateAction/Sources/SoakSamples.cs", "src/GateAction/Sources/ProbeRun.cs", "src/GateAction/Sources/Probe.cs",
            "src/GateAction/Sources/SocketPath.cs", "src/GateAction/Sources/ServerTrust.cs"),
        new("Logins", "src/GateAction/Sources/OAuth/", "src/GateAction/Sources/ClientCertificate.cs",
            "src/GateAction/Sources/ServiceLogin.cs", "src/GateAction/Sources/Session.cs", "src/GateAction/Sources/RequestHeaders.cs",
            "src/GateAction/Sources/FormText.cs"),
        new("Test results and coverage", "src/GateAction/Sources/Results/"),
        new("Logs", "src/GateAction/Sources/Logs/"),
        new("OpenAPI", "src/GateAction/Sources/OpenApi/"),
        new("Prometheus and Google", "src/GateAction/Sources/Prometheus/", "src/GateAction/Sources/Google"),
        new("Files, programs and git", "src/GateAction/Files/", "src/GateAction/Sources/Files/", "src/GateAction/Sources/Processes/",
            "src/GateAction/Sources/Git/", "src/GateAction/Platform/", "src/GateAction/Sources/"),
        new("GitHub", "src/GateAction/GitHub/", "src/GateAction/Sources/Commits/", "src/GateAction/Commands/GitHub",
            "src/GateAction/Commands/Doctor", "src/GateAction/Commands/Publish", "src/GateAction/Commands/CommentRun.cs",
            "src/GateAction/Commands/PullChanges.cs", "src/GateAction/Commands/CommitFacts.cs", "src/GateAction/Commands/DeployedTarget.cs",
            "src/GateAction/Commands/Overriding.cs"),
        new("The command line", "src/GateAction/Commands/", "src/GateAction/Surroundings/", "src/GateAction/Program.cs"),
    ];

    // Reports, help and the files that `gate init` writes are no messages.
    private static readonly string[] Silent =
        ["src/GateAction.Core/Reports/", "src/GateAction/Terminal/", "src/GateAction/Manifests/Docs/", "src/GateAction/Manifests/Starter/",
        "src/GateAction/Commands/CompletionCommand.cs"];

    // What declares a field, a fact, a rule or a pattern describes; the reference pages show it.
    private static readonly HashSet<string> Declaring = new(StringComparer.Ordinal)
    {
        "Optional", "Required", "RequiredOneOf", "Bool", "Int", "Number", "Ratio", "Size", "Text", "Texts", "String", "Duration",
        "Timestamp",
        "List", "Map", "Dynamic", "Object", "Facts", "OfProbe", "GateCommand", "OfVerdict", "Breaking", "Warning", "StateTable", "Labels",
        "GeneratedRegex", "Unread", "Switch", "ActionInput", "SourceKind", "Patterns", "CoverageFormat",
    };

    public static IReadOnlyList<string> Titles => [.. Topics.Select(topic => topic.Title)];

    /// <summary>Every message of the sources with its topic; of a file that no topic has, the file in its place.</summary>
    public static IReadOnlyList<(string Topic, string Text)> Messages { get; } = [.. Files().SelectMany(Read).Distinct()];

    public static string Write()
    {
        var page = new StringBuilder("""
            # Messages

            <!-- Made from the sources: run TroubleshootingTests with GATE_ACCEPT_SNAPSHOTS=1. -->

            Every sentence that the gate can say, by the part of it that says so; `…` is what is filled in. Look for words of yours that
            are no name and no number. What is behind a message, and what to do if the message itself does not say it, stands in
            [troubleshooting](troubleshooting.md).

            """);
        foreach (var topic in Topics)
        {
            page.Append($"\n## {topic.Title}\n\n[What is behind these](troubleshooting.md#{Anchor(topic.Title)})\n\n");
            foreach (var (_, text) in Messages.Where(message => message.Topic == topic.Title)
                .OrderBy(message => message.Text, StringComparer.Ordinal))
                page.Append($"- `` {text} ``\n");
        }
        return page.ToString();
    }

    private static string Anchor(string title) => title.ToLowerInvariant().Replace(",", "", StringComparison.Ordinal).Replace(' ', '-');

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(Path.Combine(TestFiles.Repository, "src"), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(TestFiles.Repository, path).Replace('\\', '/'))
        .Where(path => !Built().IsMatch(path) && !Silent.Any(silent => path.StartsWith(silent, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<(string Topic, string Text)> Read(string file)
    {
        var topic = Topics.FirstOrDefault(topic => topic.Paths.Any(path => file.StartsWith(path, StringComparison.Ordinal)))?.Title ?? file;
        return SourceLiterals.Of(File.ReadAllText(Path.Combine(TestFiles.Repository, file)))
            .Where(literal => !Declaring.Contains(literal.Call))
            .Select(literal => Blanks().Replace(literal.Text, " ").Trim(' ', ';', ',', ':'))
            .Where(text => IsMessage(text))
            .Select(text => (topic, text));
    }

    // House style: a message begins with a small letter, a name in quotes or what is filled in. A short one says what is or is not.
    private static bool IsMessage(string text) => Word().Count(text) is var words
        && (words >= 4 || (words >= 2 && Verb().IsMatch(text)) || text.StartsWith("found ", StringComparison.Ordinal))
        && (!char.IsUpper(text[0]) || Named().IsMatch(text))
        && !NoSentence().IsMatch(text);

    [GeneratedRegex(@"^src/GateAction\.Demo/|/(obj|bin)/")]
    private static partial Regex Built();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?<![\w.])[a-z][a-z']*(?![\w.(])")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(is|are|was|has|have|not|no|cannot|expected|refused|missing|accepted|answered|gave|found|expired|denied|did)\b")]
    private static partial Regex Verb();

    [GeneratedRegex("^(GitHub|Google|Cloud|Prometheus|OpenAPI|YAML|JSON)")]
    private static partial Regex Named();

    // A pattern, markup, an address, names in a row.
    [GeneratedRegex(
        @"^[\\^(?|[{#]|\(\?|</|^<\w+ |per_page|^event-|yyyy|^actions/|charset=|^application/|^query\(|(\w+, ){4}|iso-?2022|format=full")]
    private static partial Regex NoSentence();
}
