using System.Text.RegularExpressions;
using GateAction.Tests.Sources.Results;

namespace GateAction.Tests;

/// <summary>CONTRIBUTING.md is followed to the letter: its files are made, its changes are made, and the program that comes of them
/// runs.</summary>
internal sealed partial class ContributingTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(TestFiles.Repository, "CONTRIBUTING.md"));

    /// <summary>What who adds the kind writes himself.</summary>
    private static readonly string[] ToMake = ["tests/GateAction.Tests/Sources/Files/DiskProbeTests.cs", "docs/probes/disk.md"];

    private static string _folder = "";

    [OneTimeSetUp]
    public void Build()
    {
        _folder = Directory.CreateTempSubdirectory("gate-contributing-").FullName;
        CopySources();
        foreach (var (path, language, text) in Examples())
            Follow(Path.Combine(_folder, path), language, text);
        var told = Run(
            "dotnet", "build", "src/GateAction", "--nologo", "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            "-p:RunAnalyzers=false", "-p:WarningLevel=0");
        Assert.That(told, Does.Contain("0 Error"), told);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_kind_of_the_example_measures_and_its_field_is_read()
    {
        Write("gate.yml", """
            version: 1
            name: staging
            probes:
              disk: { disk: . }
              kept: { disk: ., reserve: 1000 }
              gone: { disk: nowhere }
            criteria:
              has-room: disk.free > 0 && disk.free <= disk.size
              keeps: kept.size == disk.size
              is-there: gone.free > 0
            """);

        var told = Gate("run");

        Assert.That(told, Does.Match(@"• disk \(disk\): free [\d.]+[KMGT]i").And.Contain("does not tell"));
        Assert.That(told, Does.Contain("passed: has-room").And.Contain("passed: keeps").And.Contain("not measured: is-there"));
    }

    [Test]
    public void A_fact_and_a_field_of_the_example_that_are_misspelt_are_found_before_anything_is_measured()
    {
        Write("gate.yml", """
            version: 1
            name: staging
            probes:
              disk: { disk: ., reserv: 1 }
            criteria:
              has-room: disk.fre > 0
            """);

        Assert.That(Gate("validate"), Does.Contain("'reserv'").And.Contain("reserve").And.Contain("'fre'").And.Contain("free"));
    }

    [TestCase("suite-report 1\nPASS adds\nFAIL divides\nEND\n", "passed\": 1")]
    [TestCase("suite-report 1\nPASS adds\n", "it was cut")]
    [TestCase("suite-report 1\nMAYBE adds\nEND\n", "word 'MAYBE' is not one of PASS, FAIL")]
    public void The_format_of_the_example_is_recognised_and_believes_nothing_unknown(string report, string expected)
    {
        Write("report.txt", report);

        Assert.That(Gate("results", "report.txt", "--json"), Does.Contain("suite-report").And.Contain(expected));
    }

    [TestCase("hit-list 1\na.c\n1 4\n2 0\nEND\n", "passed: covered")]
    [TestCase("hit-list 1\na.c\n1 4\n2 0\n", "it was cut")]
    [TestCase("hit-list 1\na.c\n1 4\n2 -\nEND\n", "'-' is no count")]
    [TestCase("hit-list 1\na.c\nx 4\nEND\n", "'x' is no line number")]
    public void The_coverage_format_of_the_example_is_recognised_and_believes_nothing_damaged(string report, string expected)
    {
        Write("hits.txt", report);
        Write("gate.yml", """
            version: 1
            name: staging
            coverage:
              hits: { files: hits.txt }
            criteria:
              covered: hits.lines == 50%
            """);

        Assert.That(Gate("run"), Does.Contain(expected));
    }

    [Test]
    public void The_input_of_the_example_is_an_option_with_its_default() =>
        Assert.That(Gate("run", "--help"), Does.Match(@"--ticket <URL>\s+Where the change was approved \(default: none\)\."));

    [Test]
    public void Every_file_folder_and_test_that_the_page_names_is_there()
    {
        var named = Named().Matches(Page).Select(match => match.Groups[1].Value).ToArray();
        string[] made = [.. Examples().Where(example => example.Language == "csharp").Select(example => example.Path), .. ToMake];

        var files = named.Where(name => RepositoryPath().IsMatch(name)).Except(made).ToArray();
        var tests = named.Where(name => TestClass().IsMatch(name)).ToArray();

        Assert.That(files, Has.Length.GreaterThan(5));
        Assert.That(files.Where(path => !Path.Exists(Path.Combine(TestFiles.Repository, path))), Is.Empty);
        Assert.That(tests, Has.Length.GreaterThan(5));
        Assert.That(tests, Is.SubsetOf(typeof(ContributingTests).Assembly.GetTypes().Select(type => type.Name)));
    }

    private static IEnumerable<(string Path, string Language, string Text)> Examples() =>
        Example().Matches(Page).Select(match => (
            match.Groups["path"].Value,
            match.Groups["language"].Value,
            string.Join('\n', match.Groups["text"].Value.TrimEnd().Split('\n')
                .Select(line => line.Length > match.Groups["indent"].Length ? line[match.Groups["indent"].Length..] : "")) + "\n"));

    private static void Follow(string path, string language, string text)
    {
        if (language == "csharp")
        {
            Assert.That(path, Does.Not.Exist, "the example would replace a file that is there");
            File.WriteAllText(path, text);
            return;
        }
        var file = File.ReadAllText(path);
        foreach (var change in text.Split("@@\n").Select(change => change.TrimEnd('\n').Split('\n')))
        {
            var (before, after) = (Side(change, '-'), Side(change, '+'));
            Assert.That(file.Split(before), Has.Length.EqualTo(2), $"'{before}' stands once in {path}");
            file = file.Replace(before, after);
        }
        File.WriteAllText(path, file);
    }

    private static string Side(IEnumerable<string> change, char sign) => string.Join(
        '\n', change.Where(line => line.Length == 0 || line[0] == ' ' || line[0] == sign)
        .Select(line => line.Length == 0 ? "" : line[1..]));

    private static void CopySources()
    {
        var all = Directory.EnumerateFiles(Path.Combine(TestFiles.Repository, "src"), "*", SearchOption.AllDirectories)
            .Where(file => !BuildFolder().IsMatch(file))
            .Concat(Directory.EnumerateFiles(TestFiles.Repository, "Directory.*.props"))
            .Append(Path.Combine(TestFiles.Repository, "global.json"))
            .Concat(Directory.EnumerateFiles(Path.Combine(TestFiles.Repository, "schema")));
        foreach (var file in all)
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(TestFiles.Repository, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private static string Gate(params string[] arguments) =>
        Run("dotnet", [Path.Combine(_folder, "src/GateAction/bin/Debug/net10.0/gate.dll"), .. arguments]);

    private static string Run(string program, params string[] arguments)
    {
        var (output, error) = Producer.RunIn(_folder, program, arguments);
        return output + error;
    }

    [GeneratedRegex(@"^(?<indent> *)`(?<path>[^`\n]+)`:\n\n *```(?<language>csharp|diff)\n(?<text>.*?)^ *```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^(src|tests|docs)/[\w./-]+$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^\w+Tests$")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex BuildFolder();
}
