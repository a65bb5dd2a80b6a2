using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Sources.Processes;

/// <summary>Runs a program of the workspace and measures how it ended and what it wrote. A status other than 0 is a measured
/// fact.</summary>
internal sealed record CommandProbe(
    IReadOnlyList<Template> Arguments,
    Template Directory,
    IReadOnlyList<Entry<Template>> Environment,
    ProbeOptions Options) : Probe(Options)
{
    private const int ShownLines = 10;

    private static readonly Facts<Ended> Facts = new Facts<Ended>()
        .Int(
            "exit_code",
            "status with which the program ended; 128 and the signal's number where a signal ended it",
            ended => ended.Result.ExitCode).AsFigure("exit code")
        .Text(FactNames.Stdout, "what it wrote to its output; absent if that is larger than 1 MiB", ended => TextOf(ended.Result.Stdout))
        .Text("stderr", "what it wrote to its error output; absent if that is larger than 1 MiB", ended => TextOf(ended.Result.Stderr))
        .Dynamic(FactNames.Json, "its output as JSON; absent if it is none", ended => ended.Json)
        .Duration("duration", "time from its start to its end", ended => ended.Result.Duration).AsFigure()
        .Size(
            "peak_memory",
            "the most that it and all its processes held in memory at once, looked at every 5 to 100 ms; absent if it ended before the "
            + "first "
            + "look, and outside Linux",
            ended => ended.Result.PeakMemory);

    public static readonly SourceKind Command = SourceKind.OfProbe(
        "command",
        "Runs a program, without a shell and without tokens, and measures how it ended and what it wrote.",
        Read,
        Facts);

    private sealed record Ended(ProcessResult Result, Value? Json);

    private static readonly Syntax<string> VariableName = Syntaxes.Text.Unless(name =>
        name.Contains('=') ? $"'{name}' is no name of a variable"
        : ProcessEnvironment.IsReserved(name)
        ? $"'{name}' is not given to a command: a change under test may have written it, so it runs without the workflow's own variables "
        + "and tokens"
        : null);

    public override SourceKind Kind => Command;

    // A program of the workspace needs nothing of a container if it is static.
    public override string? Program => Arguments is [var program, ..] && !program.Written.Contains('/') ? program.Written : null;

    public static CommandProbe Read(Fields fields) => new(
        fields.Required("command", Syntaxes.ListOf(Syntaxes.Template), "the program and its arguments, each an item; no shell reads them"),
        fields.Optional("directory", Syntaxes.Template, Template.Literal("."), "where it runs, from the workspace"),
        fields.Optional("env", Syntaxes.MapOf(VariableName, Syntaxes.Template), [],
        "variables of its environment besides PATH, HOME, USER, LANG, LC_ALL, TZ and TMPDIR; it has no others"),
        ProbeOptions.Read(fields, Command, TimeSpan.FromMinutes(1)));

    public override string SubjectIn(ProbeContext context) => string.Join(' ', Arguments.Select(argument => argument.Written));

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var call = new ProcessCall(
            [.. Arguments.Select(context.Expand)],
            context.Shell.PathOf(context.Expand(Directory)),
            ProcessEnvironment.From(context.Shell, Environment.Select(entry => (entry.Key, context.Expand(entry.Value)))),
            Options.Timeout)
        { IsInContainer = context.Shell.IsContainerAction };
        return ToResult(await new ProcessRun(call, context.Time).RunAsync(cancellation));
    }

    private static ProbeResult ToResult(ProcessResult result)
    {
        string? reason = result.PeakMemory is null ? "its memory could not be looked at: it ended too soon, or this is not Linux" : null;
        var json = result.Stdout.IsCut ? null : JsonFact.Read("the output", result.Stdout.Text, ref reason);
        foreach (var (name, output) in new[] { ("stderr", result.Stderr), ("stdout", result.Stdout) })
        {
            if (output.IsCut)
                reason = $"the program wrote more than {CapturedOutput.MaxBytes / 1024} KiB to {name}";
        }
        return new ProbeResult(Facts.Of(new(result, json)), reason) { Details = result.ExitCode == 0 ? [] : [.. LastLines(result)] };
    }

    private static string? TextOf(CapturedOutput output) => output.IsCut ? null : output.Text;

    private static IEnumerable<string> LastLines(ProcessResult result)
    {
        // Some programs write their errors to the output, as most test runners do.
        var output = result.Stderr.Size > 0 ? result.Stderr : result.Stdout;
        return output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(ShownLines);
    }
}
