using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.Manifests;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>
/// <c>gate validate --watch</c>: validates again each time that a manifest changed, or a file that it extends. What the files say is
/// compared, not what the system tells of them: editors replace files, and not every disk tells.
/// </summary>
/// <param name="paths">Empty for where a manifest lies.</param>
internal sealed class ManifestWatch(Shell shell, IReadOnlyList<string> paths, Validation validation)
{
    // A save is seen after two looks that are alike, so after 400 ms at most: a person takes that for at once.
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends when it is stopped, with the exit code of the last time.</summary>
    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        var (seen, exitCode) = await ValidateAsync(Contents(), cancellation);
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
                    await shell.Out.WriteLineAsync($"\n{shell.Time.GetLocalNow():HH:mm:ss} changed");
                    (seen, exitCode) = await ValidateAsync(now, cancellation);
                    now = seen;
                }
                last = now;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how it ends; what the terminal echoed of it is wiped away.
            if (shell.IsTerminal)
                await shell.Out.WriteAsync("\r\u001b[K");
        }
        return exitCode;
    }

    /// <summary>What was validated, with the files that it turned out to extend.</summary>
    private async Task<(string[] Seen, ExitCode ExitCode)> ValidateAsync(string[] seen, CancellationToken cancellation)
    {
        ExitCode exitCode;
        var before = validation.Extended;
        try
        {
            exitCode = await validation.RunAsync(cancellation);
        }
        catch (GateException exception)
        {
            await shell.Error.WriteLineAsync($"gate: {exception.Message}");
            exitCode = exception.ExitCode;
        }
        await shell.Out.WriteLineAsync("watching; Ctrl-C ends");
        return (before.SequenceEqual(validation.Extended) ? seen : Contents(), exitCode);
    }

    /// <summary>What the manifests say, and the workflows that say where they run.</summary>
    private string[] Contents() =>
    [
        .. (paths.Count > 0 ? paths : ManifestPaths.Default).Concat(validation.Extended)
            .Concat(ContainerFit.Workflows(shell)).Select(Content),
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
