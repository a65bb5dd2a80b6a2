namespace GateAction.Sources.Results.Coverage;

/// <summary>Files of Windows' paths and of others' that have the same name in a folder of the same name: perhaps one file that was built on
/// two systems.</summary>
internal static class CrossSystemFiles
{
    public static (string Windows, string Other)? Find(IEnumerable<string> names)
    {
        var absolute = names.Where(SourcePath.IsAbsolute).ToArray();
        var windows = absolute.Where(SourcePath.IsDrive).ToLookup(End, StringComparer.OrdinalIgnoreCase);
        if (windows.Count == 0)
            return null;
        var other = absolute.FirstOrDefault(name => !SourcePath.IsDrive(name) && windows.Contains(End(name)));
        return other is null ? null : (windows[End(other)].First(), other);
    }

    private static string End(string path) => string.Join('/', path.Split('/').TakeLast(2));
}
