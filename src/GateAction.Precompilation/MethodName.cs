using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Text.RegularExpressions;

namespace GateAction.Precompilation;

/// <summary>
/// A method with its type arguments, all overloads of it, as the runtime's compiler writes what it compiles (<c>DOTNET_JitStdOutFile</c> with
/// <c>DOTNET_JitDisasmSummary</c>), without the parameters: <c>System.Linq.Enumerable+Iterator`1[int]:Dispose</c>.
/// </summary>
internal sealed partial record MethodName(Shape.Named Owner, string Name, ImmutableArray<Shape> Arguments)
{
    private static readonly Dictionary<string, PrimitiveTypeCode> Primitives = new(StringComparer.Ordinal)
    {
        ["bool"] = PrimitiveTypeCode.Boolean,
        ["char"] = PrimitiveTypeCode.Char,
        ["byte"] = PrimitiveTypeCode.Byte,
        ["ubyte"] = PrimitiveTypeCode.Byte,
        ["sbyte"] = PrimitiveTypeCode.SByte,
        ["short"] = PrimitiveTypeCode.Int16,
        ["ushort"] = PrimitiveTypeCode.UInt16,
        ["int"] = PrimitiveTypeCode.Int32,
        ["uint"] = PrimitiveTypeCode.UInt32,
        ["long"] = PrimitiveTypeCode.Int64,
        ["ulong"] = PrimitiveTypeCode.UInt64,
        ["float"] = PrimitiveTypeCode.Single,
        ["double"] = PrimitiveTypeCode.Double,
        ["nint"] = PrimitiveTypeCode.IntPtr,
        ["nuint"] = PrimitiveTypeCode.UIntPtr,
        ["System.String"] = PrimitiveTypeCode.String,
        ["System.Object"] = PrimitiveTypeCode.Object,
    };

    /// <summary>The method of a line of that list, which stands between a number and its parameters; null for a line without one.</summary>
    public static string? Of(string line) => Listed().Match(line) is { Success: true } match ? match.Groups["method"].Value : null;

    /// <summary>Of methods of one type, written one behind the other: <c>type:method method</c>.</summary>
    /// <exception cref="UnknownMethodException">The text is not written so.</exception>
    public static IEnumerable<MethodName> Parse(string text)
    {
        var (type, methods) = Divide(text);
        var owner = ParseType(type) as Shape.Named ?? throw new UnknownMethodException($"'{type}' has no methods");
        foreach (var method in methods.Split(' '))
        {
            var (name, arguments) = Split(method);
            yield return new(owner, name, arguments);
        }
    }

    /// <summary>The type, and what stands behind its colon.</summary>
    /// <exception cref="UnknownMethodException">There is no colon, or nothing at one side of it.</exception>
    public static (string Type, string Methods) Divide(string text)
    {
        var colon = IndexOutside(text, ':');
        return colon > 0 && colon < text.Length - 1 ? (text[..colon], text[(colon + 1)..]) : throw new UnknownMethodException($"'{text}' is not written as 'type:method'");
    }

    private static Shape ParseType(string text)
    {
        if (text.EndsWith("[]", StringComparison.Ordinal))
            return new Shape.Derived(SignatureTypeCode.SZArray, ParseType(text[..^2]));
        if (Primitives.TryGetValue(text, out var primitive))
            return new Shape.Primitive(primitive);
        var (name, arguments) = Split(text);
        return new Shape.Named(name, arguments);
    }

    private static (string Name, ImmutableArray<Shape> Arguments) Split(string text) =>
        text.EndsWith(']') && text.IndexOf('[') is > 0 and var open ? (text[..open], [.. Parts(text[(open + 1)..^1]).Select(ParseType)]) : (text, []);

    private static List<string> Parts(string text)
    {
        var parts = new List<string>();
        while (IndexOutside(text, ',') is >= 0 and var comma)
        {
            parts.Add(text[..comma]);
            text = text[(comma + 1)..];
        }
        if (text.Length > 0)
            parts.Add(text);
        return parts;
    }

    /// <summary>The first one that stands in no brackets.</summary>
    private static int IndexOutside(string text, char letter)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == letter && depth == 0)
                return i;
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
        }
        return -1;
    }

    [GeneratedRegex(@"\A\s*\d+: JIT compiled (?<method>[^(]+)\(")]
    private static partial Regex Listed();
}
