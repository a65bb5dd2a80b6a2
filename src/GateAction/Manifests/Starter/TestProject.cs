namespace GateAction.Manifests.Starter;

/// <summary>A step of the workflow: an action with its inputs, or a command in a folder.</summary>
internal sealed record StarterStep(string Name, string? Uses = null, string? Run = null, string Folder = "")
{
    public IReadOnlyList<(string Name, string Value)> With { get; init; } = [];

    public string Text => $"{Uses}{string.Join(',', With)}{Folder}{Run}";
}

/// <summary>Tests that lie in one folder, and how a workflow runs them so that the gate can judge them.</summary>
/// <param name="Id">The name of the result set.</param>
/// <param name="Name">What people call the tool.</param>
/// <param name="SetUp">What installs what they need.</param>
/// <param name="Command">Runs them; <c>%OUT%</c> stands for the folder of results.</param>
/// <param name="Results">Where the command leaves the results, below that folder.</param>
internal sealed record TestProject(string Id, string Name, string Folder, IReadOnlyList<StarterStep> SetUp, string Command, string Results)
{
    /// <summary>Where the command leaves coverage, below the folder of results; null if it measures none.</summary>
    public string? Coverage { get; init; }

    /// <summary>What comes after the tests, whatever they end with; null for nothing.</summary>
    public string? After { get; init; }
}

/// <summary>Finds the tests of one tool in a folder; null if there are none. A tool that finds them in a folder has those below it
/// too.</summary>
internal delegate TestProject? FindTests(RepositoryTree tree, string folder);
