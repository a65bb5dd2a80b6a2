using System.Text.RegularExpressions;

namespace GateAction.Manifests.Starter;

/// <summary>Tests that pytest runs, with the packages that uv, Poetry, Pipenv or pip install.</summary>
internal static partial class PythonTests
{
    private static readonly string[] Signs =
        ["pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini", "setup.py", "Pipfile", "requirements.txt"];

    private static readonly string[] ExtraNames = ["test", "tests", "testing", "dev"];

    public static TestProject? Find(RepositoryTree tree, string folder)
    {
        var signs = tree.In(folder).Where(file => IsSign(RepositoryTree.NameOf(file))).ToList();
        if (signs.Count == 0
            && !(folder.Length == 0 && HasTests(tree, folder) && !tree.Files.Any(file => IsSign(RepositoryTree.NameOf(file)))))
            return null;
        if (!signs.Exists(sign => RepositoryTree.NameOf(sign) == "pytest.ini" || tree.Holds(sign, "pytest")) && !HasTests(tree, folder))
            return null;
        var (install, run) = Installed(tree, folder, signs);
        // Without the plugin pytest refuses the option.
        var measures = signs.Exists(sign => tree.Holds(sign, "pytest-cov"));
        return new(
            "pytest",
            "pytest",
            folder,
            [
                new("Python", Uses: "actions/setup-python@v7") { With = [VersionOf(tree, folder)] },
                new("Packages", Run: install, Folder: folder),
            ],
            $"{run}pytest --junitxml=%OUT%/%ID%.xml{(measures ? " --cov --cov-report=xml:%OUT%/%ID%-coverage.xml" : "")}",
            "%ID%.xml")
        { Coverage = measures ? "%ID%-coverage.xml" : null };
    }

    private static bool IsSign(string name) => Signs.Contains(name) || Requirements().IsMatch(name);

    private static bool HasTests(RepositoryTree tree, string folder) => tree.Files.Any(file =>
        RepositoryTree.IsBelow(file, folder)
        && (RepositoryTree.NameOf(file) == "conftest.py"
        || (TestFile().IsMatch(RepositoryTree.NameOf(file)) && PlainTest().IsMatch(tree.Read(file)))));

    private static (string Install, string Run) Installed(RepositoryTree tree, string folder, List<string> signs)
    {
        if (tree.FirstOf(folder, "uv.lock") is not null)
            // The lock file says which tool the repository uses; pip is for who has none.
            return ("python -m pip install uv\nuv sync --frozen --all-extras",
                "uv run --no-sync " + WithPytest(tree, signs, "--with pytest "));
        if (tree.FirstOf(folder, "poetry.lock") is not null)
            return ("python -m pip install poetry\npoetry install --all-extras", "poetry run ");
        if (tree.FirstOf(folder, "Pipfile.lock") is not null)
            return ("python -m pip install pipenv\npipenv sync --dev", "pipenv run ");
        var lists = signs.Select(RepositoryTree.NameOf).Where(name => Requirements().IsMatch(name)).Order(StringComparer.Ordinal).ToList();
        var parts = lists.Select(name => $"-r '{name}'").ToList();
        if (signs.Exists(sign => RepositoryTree.NameOf(sign) == "setup.py" || tree.Holds(sign, "[build-system]")
            || (lists.Count == 0 && tree.Holds(sign, "[project]"))))
            parts.Add(Extras(tree.Read(RepositoryTree.Join(folder, "pyproject.toml")))
                is { Length: > 0 } extras ? $"-e '.{extras}'" : "-e .");
        parts.Add("pytest");
        if (signs.Exists(sign => tree.Holds(sign, "pytest-cov")))
            parts.Add("pytest-cov");
        return ($"python -m pip install {string.Join(' ', parts)}", "python -m ");
    }

    private static string WithPytest(RepositoryTree tree, List<string> signs, string otherwise) =>
        signs.Exists(sign => RepositoryTree.NameOf(sign) == "pyproject.toml" && Dependency().IsMatch(tree.Read(sign))) ? "" : otherwise;

    /// <summary>The extras that tests are wont to need.</summary>
    private static string Extras(string project)
    {
        var section = OptionalDependencies().Match(project).Groups["names"].Value;
        var names = ExtraNames.Where(name => Regex.IsMatch(section, $@"(?m)^\s*{name}\s*=", RegexOptions.NonBacktracking)).ToList();
        return names.Count == 0 ? "" : $"[{string.Join(',', names)}]";
    }

    private static (string, string) VersionOf(RepositoryTree tree, string folder)
    {
        if (tree.Nearest(folder, ".python-version") is var (at, file))
            return ("python-version-file", RepositoryTree.Join(at, file));
        if (TestStacks.VersionInWorkflows(tree, "python-version") is { } version)
            return ("python-version", version);
        return tree.Holds(RepositoryTree.Join(folder, "pyproject.toml"), "requires-python")
            ? ("python-version-file", RepositoryTree.Join(folder, "pyproject.toml"))
            : ("python-version", "3.x");
    }

    [GeneratedRegex(@"^requirements[A-Za-z0-9_.-]*\.txt\z")]
    private static partial Regex Requirements();

    [GeneratedRegex(@"^(test_.*|.*_test)\.py\z")]
    private static partial Regex TestFile();

    [GeneratedRegex(@"^(async )?def test|^import pytest|^from pytest ", RegexOptions.Multiline)]
    private static partial Regex PlainTest();

    [GeneratedRegex("""["']pytest\b""")]
    private static partial Regex Dependency();

    [GeneratedRegex(@"^\[project\.optional-dependencies\]\s*$(?<names>(\r?\n(?!\[).*)*)", RegexOptions.Multiline)]
    private static partial Regex OptionalDependencies();
}
