using System.Text;

namespace GateAction.GitHub.Publishing;

/// <summary>The step's outputs: each value stands between two random words, so that no value can bring an output of its own.</summary>
internal static class StepOutputs
{
    public static async Task AppendAsync(string path, IEnumerable<(string Name, string Value)> outputs, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in outputs)
        {
            var word = WorkflowCommands.RandomWord();
            text.Append($"{name}<<{word}\n{value}\n{word}\n");
        }
        await File.AppendAllTextAsync(path, text.ToString(), cancellation);
    }
}
