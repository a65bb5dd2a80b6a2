using GateAction.GitHub;

namespace GateAction.Manifests.Docs;

/// <summary>What the reference page says before its tables.</summary>
internal static class Introduction
{
    /// <summary>The manifest that the page begins with; a test reads it.</summary>
    public const string Example = """
        version: 1
        name: staging

        probes:
          backend: { http: https://staging.example.com/health }

        criteria:
          backend-healthy: backend.status == 200 && backend.json.status == "healthy"
          backend-fast:
            pass: backend.latency.p95 < 500ms
            warn: backend.latency.p95 < 2s
            help: https://wiki.example.com/slow-backend

        """;

    public const string Text = $$"""
        # The manifest

        <!-- Made by `gate schema --markdown`; a test compares it. -->

        A manifest says what is measured and what must hold. It lies at {{ManifestPaths.SaidInMarkdown}}, or where the command line says.
        `gate init` writes a first one, `gate validate` shows every problem of one at once.

        ```yaml
        {{Example}}```

        While you write, `gate validate --watch` shows the problems anew each time that the file changes. For completion, and for the facts of each kind when you
        point at it or at a condition, let the first line be `# yaml-language-server: $schema=gate.schema.json`; `gate schema` prints that file.

        **YAML.** A manifest is one YAML 1.2 document in UTF-8 with the core schema: `yes`, `no`, `on` and `off` are texts, `true` and `false` are not. A key
        stands once; merge keys (`<<`) and tags of your own are refused. Anchors and aliases work; values that are
        only there to be repeated stand under names that begin with `x-`. Limits: 256 KiB, 64 levels, 50,000 values
        once aliases are written out.

        **Conditions** are expressions of the Common Expression Language over the facts below, with quantities such as `500ms`, `512Mi` and `95%`. Besides the
        probes and sets of the manifest they can read `baseline` (the same facts from the base branch's last run), `github`, `env` (the variables that it lists) and `now`. Put a condition
        that holds `: ` or ` #`, or that begins with a quotation mark, `!`, `[` or `{`, between quotation marks or under `|`, because YAML would cut it.

        **Variables.** `${NAME}` and `${NAME:-default}` read an environment variable that `env` or `secrets` lists; `${login.json.access_token}` reads a
        fact of another probe, which is then measured first; `$${` stands for `${` itself.

        **Warnings.** `gate validate` also tells what is allowed and hardly meant: a division of whole numbers, `failed` without `errors`, `> 0.999%`, `$NAME`
        that is sent as it stands, a `warn` that is no weaker than its `pass`, an expired waiver, a probe that no criterion reads, a program that the action's container does not have. They stop nothing and
        the exit code stays 0; with `--strict` it is 2.

        **`gate validate --json`** prints `{"schema": "gateaction/validation/1", "valid": false, "files": [{"file", "valid", "name", "criteria", "sources",
        "problems": [{"line", "column", "length", "path", "message", "source"}], "warnings": [… as problems]}]}`; lines and columns count from 1, a problem has a `file` of its own where it stands in an extended one, `name`, `criteria` and `sources`
        stand only where a file is valid.

        """;

    public const string Types = """
        ## Types of facts

        Here, on the pages of the probes and in messages alike:

        | type | is |
        |---|---|
        | `bool` | `true` or `false` |
        | `int` | a whole number |
        | `number` | a number with or without a fraction |
        | `ratio` | a number from 0 to 1; compare it with `95%` or `0.95` |
        | `size` | a whole number of bytes; compare it with `512Mi`, `20MB` or `1048576` |
        | `string` | a text |
        | `duration` | a time span; compare it with `500ms`, `5m` or `7d` |
        | `timestamp` | a point in time; compare it with another one, `now` or `timestamp("2027-03-31T12:00:00Z")` |
        | `list`, `list of …` | values in an order: `size(x)`, `x[0]`, `x.all(e, …)` |
        | `map` | values by name: `x.name`, `x["other name"]` |
        | `any` | whatever a server or a file answered; its type is known once it is measured |

        """;
}
