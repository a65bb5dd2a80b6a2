namespace GateAction.Cel.Functions;

/// <summary>All functions a condition may call. An area is made when a name is not found in those before it: start-up counts.</summary>
internal static class FunctionTable
{
    private static readonly Lazy<IReadOnlyList<Function>>[] Areas =
    [
        new(() => StandardFunctions.All),
        new(() => ConversionFunctions.All),
        new(() => StringFunctions.All),
        new(() => TimeFunctions.All),
        new(() => MathFunctions.All),
        new(() => EncodingFunctions.All),
        new(() => ComparisonFunctions.All),
    ];

    public static IEnumerable<Function> All => Areas.SelectMany(area => area.Value);

    /// <summary>The words before the dot of functions such as <c>math.abs</c>.</summary>
    public static bool IsNamespace(string name) => name is "math" or "strings" or "base64" or "cel";

    public static Function? Find(string name, bool isMember)
    {
        foreach (var area in Areas)
        {
            foreach (var function in area.Value)
            {
                if (function.IsMember == isMember && function.Name == name)
                    return function;
            }
        }
        return null;
    }

    public static IEnumerable<string> Names(bool isMember) =>
        All.Where(function => function.IsMember == isMember).Select(function => function.Name);
}
