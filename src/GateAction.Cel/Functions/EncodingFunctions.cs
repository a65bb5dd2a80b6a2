using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>The encoders extension (cel-go ext/encoders).</summary>
internal static class EncodingFunctions
{
    public static IReadOnlyList<Function> All =>
    [
        new("base64.encode", false, "Bytes in base64", new Overload([Kinds.Bytes], Kinds.String, (frame, x) =>
            frame.Spend(x[0].AsBytes.Length / 8) ? Value.String(Convert.ToBase64String(x[0].AsBytes.Span)) : Frame.Exhausted)),
        new("base64.decode", false, "The bytes of a base64 text, padded or not",
            new Overload([Kinds.String], Kinds.Bytes, (frame, x) => Decode(frame, x[0].AsString))),
    ];

    private static Value Decode(Frame frame, string text)
    {
        if (!frame.Spend(text.Length / 8))
            return Frame.Exhausted;
        var padded = text.Length % 4 == 0 ? text : text.PadRight(text.Length + 4 - text.Length % 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length)
            ? Value.Bytes(bytes[..length])
            : Value.Error($"{ValueText.Short(Value.String(text))} is not base64");
    }
}
