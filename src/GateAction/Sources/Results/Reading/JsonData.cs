namespace GateAction.Sources.Results.Reading;

/// <summary>One JSON value in memory, its texts capped. What is missing reads as <see cref="Missing"/>, so paths need no checks.</summary>
internal sealed class JsonData
{
    public static readonly JsonData Missing = new();

    public IReadOnlyDictionary<string, JsonData> Fields { get; init; } = new Dictionary<string, JsonData>();

    public IReadOnlyList<JsonData> Items { get; init; } = [];

    /// <summary>Null for everything but a string.</summary>
    public string? Text { get; init; }

    public double? Number { get; init; }

    public bool? Flag { get; init; }

    public bool IsObject { get; init; }

    public int Line { get; init; }

    public JsonData this[string name] => Fields.GetValueOrDefault(name) ?? Missing;

    /// <summary>True for what is not there and for <c>null</c>.</summary>
    public bool IsMissing => ReferenceEquals(this, Missing);

    public bool IsList { get; init; }

    /// <summary>A whole number from 0.</summary>
    public long? Count => Number is >= 0 and < long.MaxValue / 2 && double.IsInteger(Number.Value) ? (long)Number : null;

    /// <summary>A line number of a source file.</summary>
    public int? SourceLine => Number is >= 1 and < int.MaxValue && double.IsInteger(Number.Value) ? (int)Number : null;

    /// <summary>A time in milliseconds.</summary>
    public TimeSpan? Milliseconds => Number is { } number ? Numbers.FromMilliseconds(number) : null;

    /// <summary>What it is, for a message.</summary>
    public string Show() => this switch
    {
        { IsMissing: true } => "nothing",
        { Text: { } text } => $"'{Reading.Text.Cut(text, 40)}'",
        { Number: { } number } => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        { Flag: { } flag } => flag ? "true" : "false",
        { IsObject: true } => "an object",
        _ => "a list",
    };

    public TimeSpan? Seconds => Number is { } number ? Numbers.FromSeconds(number) : Numbers.Seconds(Text);
}
