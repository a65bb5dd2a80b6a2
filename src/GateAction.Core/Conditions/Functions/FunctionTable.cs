namespace GateAction.Core.Conditions.Functions;

/// <summary>All functions a condition may call.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, Function> Globals = Named(isMember: false);
    private static readonly Dictionary<string, Function> Members = Named(isMember: true);

    public static IEnumerable<Function> All =>
        [.. StandardFunctions.All, .. ConversionFunctions.All, .. StringFunctions.All, .. TimeFunctions.All, .. MathFunctions.All, .. EncodingFunctions.All];

    /// <summary>The words before the dot of functions such as <c>math.abs</c>.</summary>
    public static bool IsNamespace(string name) => name is "math" or "strings" or "base64" or "cel";

    public static Function? Find(string name, bool isMember) => (isMember ? Members : Globals).GetValueOrDefault(name);

    public static IEnumerable<string> Names(bool isMember) => (isMember ? Members : Globals).Keys;

    private static Dictionary<string, Function> Named(bool isMember) =>
        All.Where(function => function.IsMember == isMember).ToDictionary(function => function.Name);
}
