using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace GateAction.Cel.Functions;

/// <summary>RE2 patterns as .NET expressions that match in time linear in their input; the last ones used are kept.</summary>
internal static class Patterns
{
    private const int Kept = 256;

    /// <summary>A pattern may be large, so linear is not yet short.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentDictionary<string, (Regex? Regex, string Problem)> Cache = new(StringComparer.Ordinal);

    public static bool TryGet(string pattern, [NotNullWhen(true)] out Regex? regex, out string problem)
    {
        if (Cache.Count > Kept)
            Cache.Clear();
        (regex, problem) = Cache.GetOrAdd(pattern, Create);
        return regex is not null;
    }

    private static (Regex? Regex, string Problem) Create(string pattern)
    {
        try
        {
            var translated = Re2Translator.Translate(pattern);
            return (new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Timeout), "");
        }
        catch (FormatException exception)
        {
            return (null, exception.Message);
        }
        catch (RegexParseException exception)
        {
            return (null, $"not a regular expression ({exception.Error})");
        }
        catch (NotSupportedException)
        {
            return (null, "it is too large; repeat less");
        }
    }
}
