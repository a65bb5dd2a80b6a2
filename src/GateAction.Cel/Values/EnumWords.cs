using System.Text.Json;

namespace GateAction.Cel.Values;

/// <summary>The values of an enum as documents, inputs and reports write them: <c>NotConcerned</c> is <c>not-concerned</c>.</summary>
public static class EnumWords
{
    public static string Word<T>(this T value)
        where T : struct, Enum =>
        Table<T>.Words[Array.IndexOf(Table<T>.Values, value)];

    /// <summary>All words, in the order of the values.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum =>
        Table<T>.Words;

    /// <summary>Null for what is none of the words.</summary>
    public static T? Of<T>(string? text, StringComparison comparison = StringComparison.Ordinal)
        where T : struct, Enum =>
        Array.FindIndex(Table<T>.Words, word => word.Equals(text, comparison)) is >= 0 and var index ? Table<T>.Values[index] : null;

    private static class Table<T>
        where T : struct, Enum
    {
        // Once for each enum: both calls reflect, and reports ask for a word at every line.
        public static readonly T[] Values = Enum.GetValues<T>();
        public static readonly string[] Words = [.. Values.Select(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()))];
    }
}
