using System.Globalization;
using GateAction.Cel.Values;
using GateAction.Files;
using GateAction.Sources.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Results;

/// <summary>What the program that ran the tests ended with: a number, or a file that holds one.</summary>
internal static class RunExit
{
    /// <returns>The number, or why there is none; neither where nothing was asked.</returns>
    public static (long? Code, string? Fault) Read(Template? written, string directory, Scope scope)
    {
        if (written is null)
            return (null, null);
        var (text, fault) = written.Resolve(scope);
        if (text is null)
            return (null, $"exit-code: {fault}");
        if (Number(text) is { } code)
            return (code, null);
        try
        {
            var content = ReadFile(WorkspacePath.Resolve(directory, text));
            return Number(content) is { } found
                ? (found, null)
                : (null, $"exit-code: '{text}' holds '{Printable.Of(Reading.Text.Cut(content.Trim(), 40))}', which is no number");
        }
        catch (NoEvidenceException exception)
        {
            return (null, $"exit-code: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"exit-code: '{text}' is no number, and as a file it cannot be read: {exception.Message.TrimEnd('.')}");
        }
    }

    private static string ReadFile(string path)
    {
        if (!File.Exists(path))
            throw new NoEvidenceException(
                $"there is no file '{path}'; the step that runs the tests writes it: `… ; echo $? > {Path.GetFileName(path)}`");
        using var reader = new StreamReader(RegularFile.OpenRead(path));
        // No exit code is longer, and a log that was named by mistake is not read whole.
        var buffer = new char[64];
        return new(buffer, 0, reader.ReadBlock(buffer));
    }

    private static long? Number(string text) =>
        // Windows writes the codes of crashes as numbers below 0: -1073741819 is an access violation.
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
