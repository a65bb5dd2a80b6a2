using GateAction.Core.Model;
using GateAction.Files;
using GateAction.GitHub;
using GateAction.Manifests;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>
/// <c>gate validate --watch</c>: validates again each time that a manifest changed. What the files say is compared, not what the system
/// tells of them: editors replace files, and not every disk tells.
/// </summary>
/// <param name="paths">Empty for where a manifest lies.</param>
/// <param name="validate">Gives the exit code.</param>
internal sealed class ManifestWatch(Shell shell, IReadOnlyList<string> paths, Func<ExitCode> validate)
{
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Workflows = [".github/workflows/*.{yml,yaml}"];

    /// <summary>Ends when it is stopped, with the exit code of the last time.</summary>
    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        var seen = Contents();
        var exitCode = Validate();
        try
        {
            using var timer = new PeriodicTimer(Pace, shell.Time);
            var last = seen;
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                var now = Contents();
                // An editor that is still writing is waited for.
                if (now.AsSpan().SequenceEqual(last) && !now.AsSpan().SequenceEqual(seen))
                {
                    seen = now;
                    await shell.Out.WriteLineAsync($"\n{shell.Time.GetLocalNow():HH:mm:ss} changed");
                    exitCode = Validate();
                }
                last = now;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how it ends.
        }
        return exitCode;
    }

    private ExitCode Validate()
    {
        ExitCode exitCode;
        try
        {
            exitCode = validate();
        }
        catch (GateException exception)
        {
            shell.Error.WriteLine($"gate: {exception.Message}");
            exitCode = exception.ExitCode;
        }
        shell.Out.WriteLine("watching; Ctrl-C ends");
        return exitCode;
    }

    /// <summary>What the manifests say, and the workflows that say where they run.</summary>
    private string[] Contents() =>
    [
        .. (paths.Count > 0 ? paths : ManifestPaths.Default)
            .Concat(FileSearch.Find(shell.Directory, Workflows).Select(path => Path.GetRelativePath(shell.Directory, path)))
            .Select(Content),
    ];

    private string Content(string path)
    {
        try
        {
            return Convert.ToBase64String(ManifestFile.ReadBytes(shell, path));
        }
        catch (GateException exception)
        {
            return exception.Message;
        }
    }
}
