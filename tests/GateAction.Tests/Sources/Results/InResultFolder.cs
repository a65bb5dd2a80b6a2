namespace GateAction.Tests.Sources.Results;

/// <summary>Tests that each have a folder of result files of their own.</summary>
internal abstract class InResultFolder
{
    protected ResultFolder Folder { get; private set; } = null!;

    [SetUp]
    public void CreateFolder() => Folder = new();

    [TearDown]
    public void DeleteFolder() => Folder.Dispose();
}
