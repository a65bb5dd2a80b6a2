using System.Text;
using GateAction.Core.Model;

namespace GateAction.Surroundings;

/// <summary>The surroundings of one run of the program: what it reads and writes outside files and sockets. Tests pass their own.</summary>
/// <param name="Environment">The only way to an environment variable; null if it is not set.</param>
/// <param name="Directory">Relative paths start here.</param>
/// <param name="IsTerminal">True if <paramref name="Out"/> is a terminal a person looks at, and knows escape codes.</param>
/// <param name="Width">Columns of the terminal.</param>
internal sealed record Shell(
    TextReader In,
    TextWriter Out,
    TextWriter Error,
    Func<string, string?> Environment,
    string Directory,
    TimeProvider Time,
    bool IsTerminal,
    int Width)
{
    public static Shell FromProcess() => new(
        // Bytes are wanted of a pipe (OpenInput), a line editor of a terminal.
        Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput()) : Console.In,
        Console.IsOutputRedirected ? Plain(Console.OpenStandardOutput()) : Console.Out,
        Console.IsErrorRedirected ? Plain(Console.OpenStandardError()) : Console.Error,
        System.Environment.GetEnvironmentVariable,
        System.IO.Directory.GetCurrentDirectory(),
        TimeProvider.System,
        !Console.IsOutputRedirected && System.Environment.GetEnvironmentVariable("TERM") != "dumb",
        // A log has no width of its own; 120 columns fit most screens.
        Console.IsOutputRedirected ? 120 : Math.Max(40, Console.WindowWidth))
    {
        Height = Console.IsOutputRedirected ? int.MaxValue : Math.Max(4, Console.WindowHeight),
    };

    /// <summary>Lines of the terminal.</summary>
    public int Height { get; init; } = 50;

    /// <summary>What this run may show nowhere; one for all that it writes.</summary>
    public Secrets Secrets { get; init; } = new();

    /// <summary>How much is said.</summary>
    public OutputMode Output { get; init; }

    /// <summary>The document of <c>--json</c>.</summary>
    public JsonAnswer Answer { get; init; } = new();

    /// <summary>Takes a line on each step of the measurement; null if nobody asked for them.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Sees that the run ends.</summary>
    public Watchdog Watchdog { get; init; } = new(TimeProvider.System);

    /// <summary>The same surroundings, in whose output no secret shows.</summary>
    public Shell Masked() => this with { Out = new MaskedWriter(Out, Secrets), Error = new MaskedWriter(Error, Secrets) };

    // What Console.Out sets up for a terminal costs a file or a pipe time and gives it nothing.
    private static TextWriter Plain(Stream stream) => TextWriter.Synchronized(new StreamWriter(stream) { AutoFlush = true });

    /// <summary>True if colour may be written: a terminal or the log of a workflow, and no <c>NO_COLOR</c>
    /// (https://no-color.org).</summary>
    public bool HasColor => string.IsNullOrEmpty(Environment("NO_COLOR"))
        && (IsTerminal || IsGitHubActions || Environment("FORCE_COLOR") is { Length: > 0 } and not "0");

    /// <summary>True inside a GitHub Actions job.</summary>
    public bool IsGitHubActions => Environment("GITHUB_ACTIONS") == "true";

    /// <summary>True in the container of a Docker action, where the runner mounts the workspace at a place of its own.</summary>
    public bool IsContainerAction => IsGitHubActions && Environment("GITHUB_WORKSPACE") == "/github/workspace";

    private readonly InputOnce _input = new();

    /// <summary>The input as bytes, for <c>-</c> in place of a file.</summary>
    /// <exception cref="GateException">It was read before.</exception>
    public Stream OpenInput() => _input.Open(In);

    public string PathOf(string path) => Path.GetFullPath(path, Directory);
}

/// <summary>The input, which can be read but once: whoever names it twice would get nothing the second time.</summary>
internal sealed class InputOnce
{
    /// <summary>What is written in place of a path.</summary>
    public const string Path = "-";

    /// <summary>What messages and reports call it.</summary>
    public const string Name = "(input)";

    private bool _isTaken;

    public Stream Open(TextReader text)
    {
        if (_isTaken)
            throw new GateException("'-' is the input, which can be read once: name the other file by its path");
        _isTaken = true;
        // Bytes as they come where there are any: a file need not be UTF-8.
        return text is StreamReader reader ? reader.BaseStream : new MemoryStream(Encoding.UTF8.GetBytes(text.ReadToEnd()));
    }
}

/// <summary>How much a command says.</summary>
internal enum OutputMode
{
    /// <summary>What is measured while it is, then the report.</summary>
    Report,

    /// <summary>The verdict alone.</summary>
    Quiet,

    /// <summary>The report, and before it each request with its time, and each attempt.</summary>
    Verbose,

    /// <summary>The verdict as a document, and nothing else.</summary>
    Json,
}

/// <summary>The last door of the program: whatever a command prints, in whatever way it failed, no secret is in it.</summary>
internal sealed class MaskedWriter(TextWriter inner, Secrets secrets) : TextWriter(inner.FormatProvider)
{
    public override Encoding Encoding => inner.Encoding;

    // One character shows no secret; commands write whole texts.
    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(Masked(value));

    public override void Write(char[] buffer, int index, int count) => inner.Write(secrets.MaskText(new string(buffer, index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(secrets.MaskText(buffer.ToString()));

    public override void WriteLine(string? value) => inner.WriteLine(Masked(value));

    public override Task WriteAsync(char value) => inner.WriteAsync(value);

    public override Task WriteAsync(string? value) => inner.WriteAsync(Masked(value));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(Masked(value));

    public override Task WriteLineAsync() => inner.WriteLineAsync();

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    private string? Masked(string? text) => text is null ? null : secrets.MaskText(text);
}
