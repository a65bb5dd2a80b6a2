using System.Text;

namespace GateAction.Manifests.Starter;

/// <summary>What to do after <c>gate init</c>: the workflow to paste, and the status to require.</summary>
internal static class StarterWorkflow
{
    public static string NextSteps(string path, Survey survey)
    {
        var text = new StringBuilder($$"""
            wrote {{path}}

            Next:
              1. Set 'target' in {{path}}, then run `gate validate` and `gate run`.
              2. Add .github/workflows/gate.yml:

            name: gate
            on:
              pull_request:
                types: [opened, synchronize, reopened, edited]
            permissions: { contents: read, statuses: write, pull-requests: write }
            jobs:
              gate:
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/checkout@v4

            """);
        foreach (var stack in survey.Stacks)
            text.Append($"      - run: {stack.Command}\n        continue-on-error: true    # the gate judges the results\n");
        return text.Append("""
                  - uses: example/gate-action@v1

              3. Require the status 'gate/staging' in the branch protection of your main branch.
              4. For hints in your editor: `gate schema > .github/gate.schema.json`, and as first line of the manifest
                 # yaml-language-server: $schema=gate.schema.json

            """).ToString();
    }
}
