using System.Globalization;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>What the JSON formats of coverage share.</summary>
internal static class CoverageJson
{
    /// <summary>Whether the count on which the stream stands is over 0; null where it is no count.</summary>
    public static bool? IsHit(JsonStream json) => json.Integer switch
    {
        >= 0 and var count => count > 0,
        null when json.Token == JsonTokenType.Number => IsHit(double.Parse(json.Number, CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>The same of a number, of which JSON may write large ones with an exponent.</summary>
    public static bool? IsHit(double? count) => count is >= 0 && double.IsInteger(count.Value) ? count > 0 : null;

    /// <summary>Adds the counts of a list by line, of which the first is line 1; null stands for a line that cannot be covered.</summary>
    /// <param name="ignored">A word that stands for such a line too.</param>
    public static void AddLines(JsonStream json, CoverageReport report, string? ignored = null)
    {
        var line = 0;
        json.ForEachElement(() =>
        {
            line++;
            if (json.Token == JsonTokenType.Null || (ignored is not null && json.Text == ignored))
                return;
            AddLine(json, report, line);
        });
    }

    public static void AddLine(JsonStream json, CoverageReport report, int line)
    {
        if (IsHit(json) is { } isHit)
            report.AddLine(line, isHit);
        else
            report.Damaged($"line {line}: {Shown(json)} is no count: damaged or overflowed, so whether the line was covered is not known",
                json.Line);
    }

    /// <summary>The counts named <c>total</c> and <c>covered</c>, or as the format calls them, of the object that begins here.</summary>
    public static (long Total, long Covered)? Figures(JsonStream json, string total, string covered)
    {
        (long? Total, long? Covered) figures = default;
        json.ForEachField(field =>
        {
            if (field == total)
                figures.Total = json.Integer;
            else if (field == covered)
                figures.Covered = json.Integer;
        });
        return figures is { Total: { } of, Covered: { } hit } ? (of, hit) : null;
    }

    public static string Shown(JsonStream json) => json.Token switch
    {
        JsonTokenType.String => $"'{CoverageReport.Shown(json.Text)}'",
        JsonTokenType.Number => $"'{CoverageReport.Shown(json.Number)}'",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        var token => token.Word(),
    };
}
