using GateAction.Core.Model;

namespace GateAction.Manifests.Starter;

/// <summary>The repository's <c>.gitignore</c>, to which lines are added and of which none is changed.</summary>
internal static class GitIgnore
{
    /// <summary>Adds the folders that it does not have yet, and returns those.</summary>
    public static IReadOnlyList<string> Add(string path, IReadOnlyList<string> folders)
    {
        try
        {
            var text = File.Exists(path) ? File.ReadAllText(path) : "";
            var known = text.Split('\n').Select(line => line.Trim().Trim('/')).ToHashSet(StringComparer.Ordinal);
            var added = folders.Where(folder => !known.Contains(folder.TrimEnd('/'))).ToList();
            var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            if (added.Count > 0)
                File.AppendAllText(path,
                    (text.Length == 0 || text.EndsWith('\n') ? "" : end) + string.Concat(added.Select(folder => folder + end)));
            return added;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GateException($"'.gitignore' cannot be written: {exception.Message.TrimEnd('.')}", ExitCode.BadInput, exception);
        }
    }
}
