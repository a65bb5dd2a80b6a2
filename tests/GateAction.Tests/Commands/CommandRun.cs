using GateAction.Surroundings;

namespace GateAction.Tests.Commands;

/// <summary>One run of the program in a folder of its own, at noon of 2026-06-15, with the environment given and nothing else.</summary>
internal sealed class CommandRun : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, string> _environment = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("gate-").FullName;

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public bool IsTerminal { get; init; }

    /// <summary>What stands on the input.</summary>
    public string Input { get; init; } = "";

    public CommandRun With(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    public CommandRun WithVariable(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    public async Task<int> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var shell = new Shell(new StringReader(Input), output, error, _environment.GetValueOrDefault, Folder, new FakeTimeProvider(Noon),
            IsTerminal, 100);
        var exitCode = await Program.RunAsync(args, shell, CancellationToken.None);
        (Out, Error) = (output.ToString(), error.ToString().Replace(Folder, "FOLDER", StringComparison.Ordinal));
        return exitCode;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
