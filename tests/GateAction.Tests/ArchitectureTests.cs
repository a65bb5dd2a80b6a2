using System.Text.RegularExpressions;

namespace GateAction.Tests;

/// <summary>Who may know whom: the arrows of the house point one way. Read from the compiled assemblies.</summary>
internal sealed partial class ArchitectureTests
{
    /// <summary>The folders of the program, each with those that it may use; Program.cs, at the top, may use all.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Commands"] = ["Manifests", "Sources", "GitHub", "Terminal", "Syntax", "Files", "Http", "Surroundings"],
        ["Manifests"] = ["Sources", "GitHub", "Syntax", "Files", "Surroundings"],
        ["Terminal"] = ["Sources", "Surroundings"],
        ["Sources"] = ["Syntax", "Files", "Http", "Surroundings", "Platform"],
        ["GitHub"] = ["Http", "Files", "Syntax"],
        ["Surroundings"] = ["GitHub"],
        ["Syntax"] = [],
        ["Files"] = ["Platform"],
        ["Http"] = [],
        ["Platform"] = [],
    };

    private static readonly Dictionary<string, string[]> CoreMayUse = new()
    {
        ["Model"] = [],
        ["Decisions"] = ["Model"],
        ["Documents"] = ["Model"],
        ["Reports"] = ["Documents", "Model"],
    };

    /// <summary>What reads a file, a clock or a process. Environment is searched for in the text: the compiler asks it for the thread in
    /// every iterator.</summary>
    private static readonly string[] Outside =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo", "System.Console",
        "System.TimeProvider", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
    ];

    private static string Sources => Path.Combine(TestFiles.Repository, "src");

    private static string Cel => typeof(GateAction.Cel.Condition).Assembly.Location;

    private static string Core => typeof(GateAction.Core.Model.Gate).Assembly.Location;

    private static string Gate => typeof(GateAction.Surroundings.Shell).Assembly.Location;

    [Test]
    public void The_page_of_the_architecture_names_every_folder_of_the_program_and_every_family_of_kinds()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.Repository, "docs", "architecture.md"));
        var program = Path.Combine(Sources, "GateAction");

        Assert.That(MayUse.Keys.Where(folder => !page.Contains($"GateAction/{folder}`", StringComparison.Ordinal)
            && !page.Contains($", `{folder}`", StringComparison.Ordinal)), Is.Empty);
        Assert.That(
            Directory.GetDirectories(Path.Combine(program, "Sources")).Select(Path.GetFileName)
                .Where(folder => !page.Contains($" {folder} ") && !page.Contains($"`{folder}") && !page.Contains($" {folder}`")),
            Is.Empty);
    }

    [Test]
    public void The_language_and_the_core_need_no_package()
    {
        Assert.That(CompiledReferences.AssembliesOf(Cel), Is.Not.Empty.And.All.StartsWith("System."));
        Assert.That(CompiledReferences.AssembliesOf(Core),
            Is.Not.Empty.And.All.Matches<string>(name => name == "GateAction.Cel"
            || name!.StartsWith("System.", StringComparison.Ordinal)));
    }

    [Test]
    public void The_language_and_the_core_read_no_file_no_socket_no_clock_and_no_environment()
    {
        var uses = CompiledReferences.Of(Cel).Concat(CompiledReferences.Of(Core))
            .Where(use => Outside.Contains($"{use.ToNamespace}.{use.To}")
            || use.ToNamespace.StartsWith("System.Net", StringComparison.Ordinal) && use.To != "WebUtility");

        Assert.That(uses, Is.Empty);
    }

    [Test]
    public void Arrows_point_one_way()
    {
        Assert.That(Violations(Gate, "GateAction", MayUse), Is.Empty);
        Assert.That(Violations(Core, "GateAction.Core", CoreMayUse), Is.Empty);
    }

    /// <summary>A folder and those inside it count as one here: a list of kinds knows each kind, and each kind what all have in
    /// common.</summary>
    [Test]
    public void No_folder_needs_one_that_needs_it([Values("Cel", "Core", "Gate")] string assembly)
    {
        var arrows = CompiledReferences.Of(assembly == "Cel" ? Cel : assembly == "Core" ? Core : Gate)
            .Select(use => (From: use.FromNamespace, To: use.ToNamespace))
            .Where(use => IsOurs(use.From) && IsOurs(use.To) && !IsWithin(use.From, use.To) && !IsWithin(use.To, use.From))
            .ToLookup(use => use.From, use => use.To);

        Assert.That(arrows, Is.Not.Empty);
        Assert.That(arrows.Select(from => from.Key).Where(folder => Reached(folder, arrows).Contains(folder)), Is.Empty);
    }

    /// <summary>There it would no longer be told from data: it goes into a piece of its own kind, and becomes text at the end.</summary>
    [Test]
    public void No_piece_of_Markdown_or_HTML_is_written_into_plain_text()
    {
        var written = CompiledReferences.WrittenIntoTextBy(Core).Concat(CompiledReferences.WrittenIntoTextBy(Gate)).ToArray();

        Assert.That(written, Has.Some.EqualTo(nameof(DateTimeOffset)), "what is written is seen");
        Assert.That(written, Has.None.EqualTo(nameof(GateAction.Core.Reports.Markdown.MarkdownText)).And.None.EqualTo("Html"));
    }

    [Test]
    public void What_a_name_relative_to_its_namespace_means_is_seen() =>
        Assert.That(
            CompiledReferences.Of(typeof(ArchitectureTests).Assembly.Location),
            Does.Contain(new TypeUse(typeof(ArchitectureTests).Namespace!, nameof(ArchitectureTests), "GateAction.Core.Model", "Gate")),
            "this class writes GateAction.Core.Model.Gate without a using");

    [Test]
    public void Only_the_shell_knows_the_process() =>
        Assert.That(
            Files("GateAction").Concat(Files("GateAction.Core")).Concat(Files("GateAction.Cel"))
            .Where(file => Path.GetFileName(file) != "Shell.cs" && ProcessWide().IsMatch(Code(file))).Select(Path.GetFileName),
            Is.Empty,
            "Console.*, Environment.GetEnvironmentVariable and GetCurrentDirectory stand in Shell.cs only");

    [Test]
    public void Durations_are_written_in_one_way() =>
        Assert.That(
            Files("").SelectMany(file => DurationByHand().Matches(Code(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")),
            Is.Empty,
            "UnitText.Duration writes a duration for people");

    [Test]
    public void Days_shares_and_commits_are_written_in_one_way() =>
        Assert.That(
            Files("").Where(file => Path.GetFileName(file) is not ("Unit.cs" or "Timestamps.cs" or "Evidence.cs" or "LogQuery.cs"))
                .SelectMany(file => WrittenByHand().Matches(Code(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")),
            Is.Empty,
            "UnitText.Date, Moment and Second write a time, UnitText.Ratio a share, RunIdentity.Short a commit");

    /// <summary>Types within others apart: their name is read with that of the type around them.</summary>
    [Test]
    public void No_type_has_the_name_of_another() =>
        Assert.That(
            new[] { typeof(GateAction.Cel.Condition), typeof(GateAction.Core.Model.Gate), typeof(GateAction.Surroundings.Shell) }
                .SelectMany(type => type.Assembly.GetTypes())
                .Where(type => !type.IsNested && type.Namespace?.StartsWith("GateAction", StringComparison.Ordinal) == true)
                .GroupBy(type => type.Name.Split('`')[0])
                .Where(types => types.Select(type => type.Namespace).Distinct().Skip(1).Any())
                .SelectMany(types => types.Select(type => type.FullName)),
            Is.Empty);

    [Test]
    public void What_only_one_system_has_is_called_from_one_folder() =>
        Assert.That(
            Files("").Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "Platform" && NativeCall().IsMatch(Code(file)))
                .Select(Path.GetFileName),
            Is.Empty,
            "DllImport and LibraryImport stand in Platform only");

    [Test]
    public void No_source_file_is_longer_than_300_lines() =>
        Assert.That(Files("").Where(file => File.ReadLines(file).Count() > 300).Select(Path.GetFileName), Is.Empty);

    /// <summary>What a text that stands in one piece makes wider stays: a pattern, a line of a document.</summary>
    [Test]
    public void No_line_is_wider_than_140_columns() =>
        Assert.That(
            from file in Files("").Concat(Files("../tests"))
            from line in TooWide(File.ReadAllLines(file))
            select $"{Path.GetFileName(file)}: {line.Trim()}",
            Is.Empty);

    private static IEnumerable<string> TooWide(string[] lines)
    {
        var isInText = false;
        foreach (var line in lines)
        {
            var isText = isInText || LongText().IsMatch(line);
            isInText ^= line.Split("\"\"\"").Length % 2 == 0;
            if (line.Length > 140 && !isText)
                yield return line;
        }
    }

    [GeneratedRegex("""\"{3}|"(\\.|[^"\\]){100}""")]
    private static partial Regex LongText();

    private static IEnumerable<string> Violations(string assembly, string root, Dictionary<string, string[]> mayUse) =>
        from use in CompiledReferences.Of(assembly)
        let @from = Folder(use.FromNamespace, root)
        let to = Folder(use.ToNamespace, root)
        where @from is not null && to is not null && @from != to && !(mayUse.TryGetValue(@from, out var allowed) && allowed.Contains(to))
        select $"{use.FromNamespace}.{use.From} uses {use.ToNamespace}.{use.To}";

    /// <summary>The folder directly below the root that a namespace of this assembly lies in; null for the root itself and for other
    /// assemblies.</summary>
    private static string? Folder(string name, string root) =>
        name.StartsWith(root + ".", StringComparison.Ordinal) && name[(root.Length + 1)..].Split('.')[0] is var folder
        && folder is not ("Core" or "Cel") ? folder : null;

    private static bool IsOurs(string name) => name.StartsWith("GateAction", StringComparison.Ordinal);

    private static bool IsWithin(string inner, string outer) => inner == outer || inner.StartsWith(outer + ".", StringComparison.Ordinal);

    private static HashSet<string> Reached(string start, ILookup<string, string> arrows)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(arrows[start]);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
                foreach (var further in arrows[next])
                    open.Push(further);
        }
        return reached;
    }

    private static IEnumerable<string> Files(string project) =>
        Directory.EnumerateFiles(Path.Combine(Sources, project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"));

    private static string Code(string file) => Comments().Replace(File.ReadAllText(file), "");

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    /// <summary>A number of seconds or minutes with its unit behind it, in an interpolated or a joined text.</summary>
    [GeneratedRegex(
        """\.Total(?:Milliseconds|Seconds|Minutes|Hours|Days)(?:[^\n"{}]*\}| \+ ")(?: ?(?:ms|s|m|h|d)| (?:seconds?|minutes?|hours?|days?))\b""")]
    private static partial Regex DurationByHand();

    [GeneratedRegex("""ToString\("yyyy|\{[^{}"]*:(?:yyyy|0\.#+%|P\d)|\[\.\.7\]""")]
    private static partial Regex WrittenByHand();

    [GeneratedRegex(@"\[(?:DllImport|LibraryImport)\b")]
    private static partial Regex NativeCall();

    [GeneratedRegex(@"(?<![\w.""])Console\.(?:Out|Error|In|Write|Read)|Environment\.GetEnvironmentVariable|Directory\.GetCurrentDirectory")]
    private static partial Regex ProcessWide();
}
