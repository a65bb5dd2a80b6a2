using System.Text.Json;
using GateAction.Core.Documents;
using GateAction.Core.Model;

namespace GateAction.Surroundings;

/// <summary>
/// What <c>--json</c> writes to standard output: one document, whatever the run comes to. It is what the command is for, else
/// <c>gateaction/outcome/1</c>, which says why there is none. All else goes to the error output then.
/// </summary>
internal sealed class JsonAnswer
{
    public const string Option = "--json";

    private readonly Lock _lock = new();
    private TextWriter? _output;
    private bool _isGiven;
    private string? _error;
    private Action<Utf8JsonWriter>? _details;

    public bool IsAsked => _output is not null;

    /// <summary>Why there is nothing to decide, which is no error.</summary>
    public string? NothingToJudge { private get; set; }

    public void Ask(TextWriter output) => _output = output;

    public void Give(string document)
    {
        if (Take() is { } output)
            output.Write(Line(document));
    }

    public Task GiveAsync(string document) => Take() is { } output ? output.WriteAsync(Line(document)) : Task.CompletedTask;

    /// <summary>Why there is no document. What was said first is what is told.</summary>
    /// <param name="details">Further members of the outcome.</param>
    public void Refuse(string error, Action<Utf8JsonWriter>? details = null)
    {
        lock (_lock)
        {
            if (_error is null)
                (_error, _details) = (error, details);
        }
    }

    /// <summary>The run is over: if it gave no document, its outcome is one.</summary>
    public void End(ExitCode exitCode)
    {
        if (Take() is { } output)
            output.Write(Line(Outcome(exitCode)));
    }

    private string Outcome(ExitCode exitCode) => IndentedJson.Object(json =>
    {
        json.WriteString("schema", "gateaction/outcome/1");
        json.WriteNumber("exit_code", (int)exitCode);
        if (NothingToJudge is { } reason && _error is null)
            json.WriteString("nothing_to_judge", reason);
        else if (_error is not null || exitCode != ExitCode.Met)
            json.WriteString("error", _error ?? "the error output says why");
        _details?.Invoke(json);
    });

    private static string Line(string document) => document.EndsWith('\n') ? document : document + "\n";

    /// <summary>Where the document goes; null if none was asked for or it is there already.</summary>
    private TextWriter? Take()
    {
        lock (_lock)
        {
            if (_isGiven)
                return null;
            _isGiven = _output is not null;
            return _output;
        }
    }
}
