namespace GateAction.Precompilation;

/// <summary>Lists of methods, those of one type on a line.</summary>
internal static class MethodList
{
    private const char Remark = '#';

    /// <summary>The methods of a list; a line that begins with <c>#</c> is a remark.</summary>
    public static IEnumerable<MethodName> Read(IEnumerable<string> lines) => lines.Where(line => line.Length > 0 && line[0] != Remark).SelectMany(MethodName.Parse);

    /// <summary>
    /// The list, in order, of what runs compiled and of what is on a list already: instances of generic code that a profile can name. Those that
    /// <see cref="StateMachines"/> finds need no list.
    /// </summary>
    public static IEnumerable<string> Of(Assemblies assemblies, IEnumerable<string> lines)
    {
        var profile = new Profile(assemblies);
        return lines.SelectMany(Methods).Distinct(StringComparer.Ordinal)
            .Where(method => method.Contains('[') && AreListed(profile, method))
            .Select(MethodName.Divide).GroupBy(method => method.Type, method => method.Methods, StringComparer.Ordinal).OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => $"{type.Key}:{string.Join(' ', type.Order(StringComparer.Ordinal))}");
    }

    /// <summary>False for a method that the assemblies do not hold.</summary>
    public static bool TryAdd(Profile profile, MethodName method)
    {
        try
        {
            profile.Add(method);
            return true;
        }
        catch (UnknownMethodException)
        {
            return false;
        }
    }

    /// <summary>Each as <c>type:method</c>.</summary>
    private static IEnumerable<string> Methods(string line)
    {
        if (MethodName.Of(line) is { } compiled)
            return [compiled];
        if (line.Length == 0 || line[0] == Remark)
            return [];
        var (type, methods) = MethodName.Divide(line);
        return methods.Split(' ').Select(method => $"{type}:{method}");
    }

    private static bool AreListed(Profile profile, string methods)
    {
        try
        {
            return MethodName.Parse(methods).All(method => !StateMachines.Holds(method) && TryAdd(profile, method));
        }
        catch (UnknownMethodException)
        {
            return false;
        }
    }
}
