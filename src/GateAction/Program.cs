using System.CommandLine;
using System.Runtime.InteropServices;
using GateAction.Commands;
using GateAction.Core.Model;
using GateAction.Platform;
using GateAction.Surroundings;

namespace GateAction;

internal static class Program
{
    /// <summary>A condition may begin with a minus or an '@': neither is a bundle of options nor a response file.</summary>
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static int Main(string[] args)
    {
        if (!OperatingSystem.IsLinux())
            return RunProcessAsync(args).GetAwaiter().GetResult();
        if (args is [Supervisor.Word])
        {
            Supervisor.Run();
            return 0;
        }
        OwnProcess.Close();
        OwnProcess.Adopt();
        OwnProcess.HearSignals();
        return RunProcessAsync(args).GetAwaiter().GetResult();
    }

    private static async Task<int> RunProcessAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        var shell = Shell.FromProcess();
        var watchdog = new Watchdog(shell.Time, why => End(shell, why));
        watchdog.Start();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
        return await RunAsync(args, shell with { Watchdog = watchdog }, stop.Token);

        // The run ends itself: what was measured is kept, and a status that waits gets its last word.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            watchdog.Stop();
            stop.Cancel();
        }
    }

    /// <summary>At once, whatever hangs: nothing that ends in order could be relied on.</summary>
    private static void End(Shell shell, string why)
    {
        var telling = new Thread(() => shell.Error.WriteLine($"gate: {why}")) { IsBackground = true };
        telling.Start();
        telling.Join(TimeSpan.FromMilliseconds(500));
        if (OperatingSystem.IsLinux())
            OwnProcess.End((int)ExitCode.NotPublished);
        Environment.Exit((int)ExitCode.NotPublished);
    }

    /// <summary>Runs the command line in the surroundings given; the result is an <see cref="ExitCode"/>.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Shell shell, CancellationToken cancellation)
    {
        shell = shell.Masked();
        Inputs.LearnTokens(shell);
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = shell.Out,
                Error = shell.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            var root = CreateRoot(shell);
            CommandHelp.AddTo(root, shell.Out);
            var result = root.Parse(args is ["help", ..] ? [.. args.Skip(1), "--help"] : args, Parsing);
            return CommandHelp.WhyNot(result) is { } why
                ? throw new GateException(why)
                : await result.InvokeAsync(configuration, cancellation);
        }
        catch (GateException exception)
        {
            await shell.Error.WriteLineAsync($"gate: {exception.Message}");
            return (int)exception.ExitCode;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await shell.Error.WriteLineAsync("gate: stopped before a decision was made");
            return (int)ExitCode.NotPublished;
        }
        catch (Exception exception)
        {
            await shell.Error.WriteLineAsync(
                $"gate: {exception.GetType().Name}: {exception.Message} (this is a bug in gate; please report it)");
            return (int)ExitCode.NotPublished;
        }
    }

    private static RootCommand CreateRoot(Shell shell) =>
        new("Measures a staging environment against a manifest of success criteria and gates the merge.")
        {
            RunCommand.Create(shell),
            CollectCommand.Create(shell),
            DecideCommand.Create(shell),
            PublishCommand.Create(shell),
            DoctorCommand.Create(shell),
            InitCommand.Create(shell),
            ValidateCommand.Create(shell),
            EvalCommand.Create(shell),
            ResultsCommand.Create(shell),
            HistoryCommand.Create(shell),
            ExpandCommand.Create(shell),
            SchemaCommand.Create(shell),
            CompletionCommand.Create(shell),
        };
}
