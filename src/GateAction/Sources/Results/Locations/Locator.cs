using GateAction.Core.Model;

namespace GateAction.Sources.Results.Locations;

/// <summary>Where in the repository a failing test lies: its own frame of the trace, else what the producer wrote.</summary>
internal sealed class Locator(RepositoryFiles files)
{
    public StackFrame? Locate(TestCase test)
    {
        var stated = test.File is null ? null : files.Find(test.File);
        // Not all of them: each is looked up, and an endless recursion may leave thousands.
        var frames = StackTrace.Frames($"{test.Details}\n{test.Message}").Take(60).ToArray();
        if (stated is not null)
            return new(stated, test.Line ?? LineIn(frames, stated));
        foreach (var frame in frames)
        {
            if (files.Find(frame.Path) is { } found)
                return new(found, frame.Line);
        }
        if (test.File is not null)
            // It is not found in this checkout, as a file that a build makes: shown as the producer wrote it.
            return new(test.File, test.Line ?? 0);
        return frames.Length > 0 ? frames[0] : null;
    }

    private int LineIn(StackFrame[] frames, string file)
    {
        foreach (var frame in frames)
        {
            if (files.Find(frame.Path) == file)
                return frame.Line;
        }
        return 0;
    }
}
