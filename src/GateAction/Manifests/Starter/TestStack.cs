namespace GateAction.Manifests.Starter;

/// <summary>A way to run tests: how its projects are known, and how its results get into files.</summary>
/// <param name="Id">The name of its result set.</param>
/// <param name="Files">The pattern under which its result files lie.</param>
/// <param name="Command">What writes them.</param>
/// <param name="Detect">True for a file (folder and relative path) that only such a project has.</param>
internal sealed record TestStack(string Id, string Name, string Files, string Command, Func<string, string, bool> Detect);
