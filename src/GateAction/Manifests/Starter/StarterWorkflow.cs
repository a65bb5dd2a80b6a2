using System.Text;
using System.Text.RegularExpressions;
using GateAction.Core.Model;

namespace GateAction.Manifests.Starter;

/// <summary>
/// A first workflow in two jobs: what runs the change's code may only read; what may write runs none of it.
/// </summary>
internal static partial class StarterWorkflow
{
    public const string File = ".github/workflows/gate.yml";

    /// <summary>Where the tests leave what the gate reads.</summary>
    public const string ResultFolder = "gate-results";

    public static string Write(Survey survey, string manifest)
    {
        var text = new StringBuilder(Head);
        if (survey.Projects.Count > 0)
            AddTests(text, survey.Projects);
        text.Append("  gate:\n");
        if (survey.Projects.Count > 0)
            text.Append("    needs: tests\n    if: ${{ !cancelled() }} # also if the tests broke: then the gate says so\n");
        text.Append(GateJob);
        if (survey.Projects.Count > 0)
            text.Append(Download);
        else if (survey.ResultFiles.Count > 0)
            text.Append($"      # What writes {survey.ResultFiles[0]} belongs in a job of its own, whose artifact is downloaded here.\n");
        text.Append("      - uses: example/gate-action@v1\n");
        if (manifest != ManifestFile.First)
            text.Append($"        with:\n          manifest: {Quoted(manifest)}\n");
        return text.Append(GateEnd).ToString();
    }

    private static void AddTests(StringBuilder text, IReadOnlyList<TestProject> projects)
    {
        text.Append("  tests:\n    runs-on: ubuntu-latest\n    timeout-minutes: 30\n    permissions:\n      contents: read\n    steps:\n")
            .Append(Checkout);
        // Two kinds of tests may need the same tool: it is set up once.
        foreach (var step in projects.SelectMany(project => project.SetUp).DistinctBy(step => step.Text))
            AddStep(text, step);
        foreach (var project in projects)
            AddStep(text, new(project.Name, Run: Run(project), Folder: project.Folder));
        text.Append(Upload);
    }

    private static void AddStep(StringBuilder text, StarterStep step)
    {
        text.Append(step.Uses
            is null
            ? $"      - name: {Quoted(step.Folder.Length > 0 ? $"{step.Name} in {step.Folder}" : step.Name)}\n"
            : $"      - uses: {step.Uses}\n");
        if (step.With.Count > 0)
            text.Append("        with:\n");
        foreach (var (name, value) in step.With)
            text.Append($"          {name}: {Quoted(value)}\n");
        if (step.Folder.Length > 0)
            text.Append($"        working-directory: {Quoted(step.Folder)}\n");
        if (step.Run is not { } run)
            return;
        text.Append("        shell: bash\n        run: |\n");
        foreach (var line in run.Split('\n'))
            text.Append($"          {line}\n");
    }

    // The step ends well whatever the tests do: what they did is in their files and their exit code, and the gate judges both.
    private static string Run(TestProject project)
    {
        var folder = string.Concat(Enumerable.Repeat("../", project.Folder.Length == 0 ? 0 : project.Folder.Split('/').Length))
            + ResultFolder;
        var after = project.After is null ? "" : project.After + "\n";
        return $"mkdir -p %OUT%\ncode=0\n{project.Command} || code=$?\n{after}echo \"$code\" > %OUT%/%ID%.exit-code"
            .Replace("%OUT%", folder, StringComparison.Ordinal)
            .Replace("%ID%", project.Id, StringComparison.Ordinal);
    }

    private static string Quoted(string text) =>
        PlainScalar().IsMatch(text)
        ? text
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^[A-Za-z./][A-Za-z0-9 ._/-]*[A-Za-z0-9._/-]\z")]
    private static partial Regex PlainScalar();

    private const string Head = """
        # Written by `gate init`. Require the status gate/staging on the main branch.
        name: gate
        on:
          pull_request:
            types: [opened, synchronize, reopened, edited, ready_for_review] # `edited`: a change of the base branch judges anew
          merge_group:
        permissions: {}
        concurrency:
          group: gate-${{ github.event.pull_request.number || github.ref }}
          cancel-in-progress: ${{ github.event_name == 'pull_request' }}
        jobs:

        """;

    private const string Checkout = """
              - uses: actions/checkout@v7
                with:
                  ref: ${{ github.event.pull_request.head.sha || github.sha }} # the commit that is judged
                  persist-credentials: false

        """;

    private const string Upload = $$$"""
              - uses: actions/upload-artifact@v7
                if: ${{ !cancelled() }}
                with:
                  name: {{{ResultFolder}}}
                  path: {{{ResultFolder}}}

        """;

    private const string GateJob = $$$"""
            runs-on: ubuntu-latest
            timeout-minutes: 30
            permissions:
              contents: read # the manifest of the base commit
              statuses: write # the status
              pull-requests: write # the comment
            steps: # nothing here runs the change's code
        {{{Checkout}}}
        """;

    private const string Download = $$$"""
              - uses: actions/download-artifact@v8
                continue-on-error: true # without results the gate is blocked and says why
                with:
                  name: {{{ResultFolder}}}
                  path: {{{ResultFolder}}}

        """;

    private const string GateEnd = """
                env:
                  STAGING_URL: ${{ vars.STAGING_URL }}
              - uses: actions/upload-artifact@v7
                if: ${{ !cancelled() }}
                with:
                  name: gate-report
                  path: gate-report

        """;
}

/// <summary>The repository's <c>.gitignore</c>, to which lines are added and of which none is changed.</summary>
internal static class GitIgnore
{
    /// <summary>Adds the folders that it does not have yet, and returns those.</summary>
    public static IReadOnlyList<string> Add(string path, IReadOnlyList<string> folders)
    {
        try
        {
            var text = File.Exists(path) ? File.ReadAllText(path) : "";
            var known = text.Split('\n').Select(line => line.Trim().Trim('/')).ToHashSet(StringComparer.Ordinal);
            var added = folders.Where(folder => !known.Contains(folder.TrimEnd('/'))).ToList();
            // As the file has them: one line with other ends would be a change in every editor.
            var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            if (added.Count > 0)
                File.AppendAllText(path,
                    (text.Length == 0 || text.EndsWith('\n') ? "" : end) + string.Concat(added.Select(folder => folder + end)));
            return added;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GateException($"'.gitignore' cannot be written: {exception.Message.TrimEnd('.')}", ExitCode.BadInput, exception);
        }
    }
}
