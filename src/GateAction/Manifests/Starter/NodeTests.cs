using System.Text.Json;
using System.Text.RegularExpressions;
using GateAction.Cel.Values;

namespace GateAction.Manifests.Starter;

/// <summary>Tests of packages of npm, pnpm and Yarn.</summary>
internal static partial class NodeTests
{
    public static TestProject? Jest(RepositoryTree tree, string folder) => Find(tree, folder, "jest", "jest", "Jest", package =>
    {
        var coverage = package.Measures("--coverage", "collectCoverage")
            ? " --coverage --coverageReporters=lcovonly --coverageDirectory=%OUT%/%ID%-coverage"
            : "";
        return new("--ci --json --outputFile=%OUT%/%ID%.json" + coverage, "%ID%.json",
            coverage.Length > 0 ? "%ID%-coverage/lcov.info" : null);
    });

    public static TestProject? Vitest(RepositoryTree tree, string folder) => Find(tree, folder, "vitest", "vitest", "Vitest", package =>
    {
        var coverage = package.Has("@vitest/coverage-v8") || package.Has("@vitest/coverage-istanbul")
            ? " --coverage.enabled --coverage.reporter=lcovonly --coverage.reportsDirectory=%OUT%/%ID%-coverage"
            : "";
        return new("--run --reporter=default --reporter=json --outputFile.json=%OUT%/%ID%.json" + coverage, "%ID%.json",
            coverage.Length > 0 ? "%ID%-coverage/lcov.info" : null);
    });

    public static TestProject? Mocha(RepositoryTree tree, string folder) => Find(tree, folder, "mocha", "mocha", "Mocha", _ =>
        new("--reporter json --reporter-option output=%OUT%/%ID%.json", "%ID%.json", null));

    public static TestProject? Playwright(RepositoryTree tree, string folder) =>
        Find(tree, folder, "@playwright/test", "playwright", "Playwright", _ =>
        new("--reporter=list,json", "%ID%.json", null)
        { Verb = "test", Before = "PLAYWRIGHT_JSON_OUTPUT_NAME=%OUT%/%ID%.json ", Install = "playwright install --with-deps" });

    /// <summary>The runner that Node brings.</summary>
    public static TestProject? NodeRunner(RepositoryTree tree, string folder)
    {
        if (Package.In(tree, folder) is not { } package || !NodeTest().IsMatch(package.TestScript))
            return null;
        var command = NodeTest()
            .Replace(package.TestScript, "node --test --test-reporter=junit --test-reporter-destination=%OUT%/%ID%.xml", 1);
        // The script may run other programs of its packages first.
        var path = command.StartsWith("node --test", StringComparison.Ordinal) ? "" : "export PATH=\"$PWD/node_modules/.bin:$PATH\"\n";
        return new("node", "node:test", folder, SetUp(tree, folder, package), path + command, "%ID%.xml");
    }

    private static TestProject? Find(RepositoryTree tree, string folder, string dependency, string tool, string name,
        Func<Package, Arguments> arguments)
    {
        if (Package.In(tree, folder) is not { } package || !(package.Has(dependency) || package.Runs(tool)))
            return null;
        var manager = ManagerOf(tree, folder);
        var own = arguments(package);
        // The script may set what the tests need; arguments reach the last command of it alone.
        var runs = package.Runs(tool) && !package.TestScript.Contains("playwright", StringComparison.Ordinal)
            ? $"{manager.Test} {own.Text}"
            : $"{manager.Execute} {tool} {(own.Verb.Length > 0 ? own.Verb + " " : "")}{own.Text}";
        IReadOnlyList<StarterStep> setUp = SetUp(tree, folder, package);
        if (own.Install is { } install)
            setUp = [.. setUp, new($"Browsers of {name}", Run: $"{manager.Execute} {install}", Folder: folder)];
        return new(tool, name, folder, setUp, own.Before + runs, own.Results) { Coverage = own.Coverage };
    }

    private static StarterStep[] SetUp(RepositoryTree tree, string folder, Package package)
    {
        var manager = ManagerOf(tree, folder);
        var version = tree.Nearest(folder, ".nvmrc", ".node-version") is var (at, file)
            ? ("node-version-file", RepositoryTree.Join(at, file))
            : TestStacks.VersionInWorkflows(tree, "node-version") is { } known ? ("node-version", known)
            : package.HasEngine ? ("node-version-file", RepositoryTree.Join(folder, "package.json"))
            : ("node-version", "lts/*");
        return
        [
            new("Node.js", Uses: "actions/setup-node@v7") { With = [version] },
            new("Packages", Run: manager.Install, Folder: manager.Folder),
        ];
    }

    private static Manager ManagerOf(RepositoryTree tree, string folder) =>
        tree.Nearest(folder, "pnpm-lock.yaml", "yarn.lock", "package-lock.json", "npm-shrinkwrap.json") switch
        {
            null => new(folder, "npm install", "npm test --", "npx"),
            (var at, "pnpm-lock.yaml") => new(at, "npm install --global pnpm\npnpm install --frozen-lockfile", "pnpm test", "pnpm exec"),
            // Yarn from version 2 on; it has its version in the repository, and corepack starts that one.
            (var at, "yarn.lock") when tree.Has(RepositoryTree.Join(at, ".yarnrc.yml")) =>
                new(at, "npm install --global corepack\ncorepack enable\nyarn install --immutable", "yarn test", "yarn run"),
            (var at, "yarn.lock") => new(at, "npm install --global yarn\nyarn install --frozen-lockfile", "yarn test", "yarn run"),
            var (at, _) => new(at, "npm ci", "npm test --", "npx"),
        };

    [GeneratedRegex(@"\bnode --test(?=\s|$)")]
    private static partial Regex NodeTest();

    /// <param name="Folder">Where the lock file lies.</param>
    private sealed record Manager(string Folder, string Install, string Test, string Execute);

    private sealed record Arguments(string Text, string Results, string? Coverage)
    {
        public string Verb { get; init; } = "";

        public string Before { get; init; } = "";

        public string? Install { get; init; }
    }

    /// <summary>What a <c>package.json</c> says of its tests.</summary>
    private sealed record Package(HashSet<string> Dependencies, string TestScript, bool HasEngine, string Text)
    {
        public bool Has(string dependency) => Dependencies.Contains(dependency);

        public bool Measures(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (Text.Contains(word, StringComparison.Ordinal))
                    return true;
            }
            return false;
        }

        public bool Runs(string tool)
        {
            var last = TestScript.Split(["&&", ";", "|"], StringSplitOptions.None)[^1];
            return last.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(tool);
        }

        public static Package? In(RepositoryTree tree, string folder)
        {
            if (tree.FirstOf(folder, "package.json") is not { } name)
                return null;
            var text = tree.Read(RepositoryTree.Join(folder, name));
            try
            {
                using var document =
                    JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
                var root = document.RootElement;
                var settings = string.Concat(tree.In(folder).Where(IsSetting).Select(tree.Read));
                return new(
                    [.. Names(root, "dependencies"), .. Names(root, "devDependencies")],
                    root.TextAt("scripts", "test") ?? "",
                    root.At("engines", "node") is not null,
                    text + settings);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private static bool IsSetting(string path) => RepositoryTree.NameOf(path).StartsWith("jest.config.", StringComparison.Ordinal);

        private static IEnumerable<string> Names(JsonElement root, string name) =>
            root.At(name) is { ValueKind: JsonValueKind.Object } members
            ? [.. members.EnumerateObject().Select(member => member.Name)]
            : [];
    }
}
