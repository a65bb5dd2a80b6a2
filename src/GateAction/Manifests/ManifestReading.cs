using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>What reading a manifest came to: the manifest, or everything that is wrong with it in the order of the file.</summary>
/// <param name="Name">The gate's name, also of a manifest that is wrong elsewhere: its status must end with a sentence too.</param>
internal sealed record ManifestReading(string Name, Manifest? Manifest, IReadOnlyList<Problem> Problems)
{
    /// <summary>What no output may show: the values of the variables under <c>secrets</c> that are set, also of a manifest that is wrong
    /// elsewhere.</summary>
    public IReadOnlyList<string> SecretValues { get; init; } = [];

    /// <summary>What is allowed and hardly meant; it stops nothing.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];

    /// <summary>Throws the problems as one <see cref="GateException"/> where there are any.</summary>
    public Manifest Require() =>
        Manifest ?? throw new GateException(
        $"the manifest is not usable:\n{string.Join("\n", Problems.Select(problem => problem.ToString()))}");
}
