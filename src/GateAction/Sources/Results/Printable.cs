namespace GateAction.Sources.Results;

/// <summary>What a test wrote, fit for a terminal: no escape sequence and no other control character gets through.</summary>
internal static class Printable
{
    public static string Of(string text) =>
        string.Create(text.Length, text, (span, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                span[i] = char.IsControl(from[i]) ? '\uFFFD' : from[i];
        });
}
