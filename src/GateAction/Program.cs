using System.CommandLine;
using GateAction.Commands;
using GateAction.Core;

namespace GateAction;

internal static class Program
{
    public static Task<int> Main(string[] args) => RunAsync(args, Shell.FromProcess(), CancellationToken.None);

    /// <summary>Runs the command line in the surroundings given; the result is an <see cref="ExitCode"/>.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Shell shell, CancellationToken cancellation)
    {
        try
        {
            var configuration = new InvocationConfiguration { Output = shell.Out, Error = shell.Error, EnableDefaultExceptionHandler = false };
            var result = CreateRoot(shell).Parse(args);
            var exitCode = await result.InvokeAsync(configuration, cancellation);
            return result.Errors.Count > 0 ? (int)ExitCode.BadInput : exitCode;
        }
        catch (GateException exception)
        {
            await shell.Error.WriteLineAsync($"gate: {exception.Message}");
            return (int)exception.ExitCode;
        }
        catch (Exception exception)
        {
            await shell.Error.WriteLineAsync($"gate: {exception.GetType().Name}: {exception.Message} (this is a bug in gate; please report it)");
            return (int)ExitCode.NotPublished;
        }
    }

    private static RootCommand CreateRoot(Shell shell) =>
        new("Measures a staging environment against a manifest of success criteria and gates the merge.")
        {
            ValidateCommand.Create(shell),
            ResultsCommand.Create(shell),
            SchemaCommand.Create(shell),
        };
}
