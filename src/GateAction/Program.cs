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
        // Windows and macOS have no such supervisor (RunningProgram), and no /proc to close.
        if (!OperatingSystem.IsLinux())
            return RunProcessAsync(args).GetAwaiter().GetResult();
        if (args is [Supervisor.Word])
        {
            Supervisor.Run();
            return 0;
        }
        // Before anything reads a token: from here on nobody of the same user can look into this process.
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
        // A terminal that closes sends SIGHUP, Ctrl-\ SIGQUIT: they end a run in order as Ctrl-C does.
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
        var telling = new Thread(() =>
        {
            shell.Error.WriteLine($"gate: {why}");
            shell.Answer.Refuse(why);
            shell.Answer.End(ExitCode.NotPublished);
        })
        {
            IsBackground = true,
        };
        telling.Start();
        // Even writing a line may hang, if nobody reads the pipe.
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
        var exitCode = await InvokeAsync(args, shell, cancellation);
        shell.Answer.End(exitCode);
        return (int)exitCode;
    }

    private static async Task<ExitCode> InvokeAsync(IReadOnlyList<string> args, Shell shell, CancellationToken cancellation)
    {
        try
        {
            var result = Parse(args, shell);
            if (CommandHelp.AsksForJson(result))
            {
                shell.Answer.Ask(shell.Out);
                shell = shell with { Out = shell.Error, Output = OutputMode.Json, IsTerminal = false };
                // The commands hold the shell that they were made with.
                result = Parse(args, shell);
            }
            var configuration = new InvocationConfiguration
            {
                Output = shell.Out,
                Error = shell.Error,
                // The library's own would print a stack trace and end with 1, which means 'failed' here.
                EnableDefaultExceptionHandler = false,
                // The library would end the process 2 s after Ctrl-C, before the status has its last word.
                ProcessTerminationTimeout = null,
            };
            return CommandHelp.WhyNot(result) is { } why
                ? throw new GateException(why)
                : (ExitCode)await result.InvokeAsync(configuration, cancellation);
        }
        catch (GateException exception)
        {
            return await RefuseAsync(shell, exception.Message, exception.ExitCode);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await RefuseAsync(shell, "stopped before a decision was made", ExitCode.NotPublished);
        }
        catch (Exception exception)
        {
            return await RefuseAsync(shell,
                $"{exception.GetType().Name}: {exception.Message} (this is a bug in gate; please report it)", ExitCode.NotPublished);
        }
    }

    private static async Task<ExitCode> RefuseAsync(Shell shell, string why, ExitCode exitCode)
    {
        shell.Answer.Refuse(why);
        await shell.Error.WriteLineAsync($"gate: {why}");
        return exitCode;
    }

    private static ParseResult Parse(IReadOnlyList<string> args, Shell shell)
    {
        var root = CreateRoot(shell);
        CommandHelp.AddTo(root, shell.Out);
        return root.Parse(args is ["help", ..] ? [.. args.Where(word => word != "help"), "--help"] : args, Parsing);
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
