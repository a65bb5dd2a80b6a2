using System.Text.RegularExpressions;

namespace GateAction.Manifests.Starter;

/// <summary>Tests of Go, Rust and the JVM.</summary>
internal static partial class CompiledTests
{
    public static TestProject? Go(RepositoryTree tree, string folder) => tree.FirstOf(folder, "go.mod") is not { } module ? null : new(
        "go",
        "Go",
        folder,
        [new("Go", Uses: "actions/setup-go@v7") { With = [("go-version-file", RepositoryTree.Join(folder, module))] }],
        "go test -json -coverprofile=%OUT%/%ID%.cover ./... > %OUT%/%ID%.json",
        "%ID%.json")
    { Coverage = "%ID%.cover" };

    /// <summary>Cargo's own runner writes no report; cargo-nextest does.</summary>
    public static TestProject? Cargo(RepositoryTree tree, string folder) => tree.FirstOf(folder, "Cargo.toml") is null ? null : new(
        "cargo",
        "cargo nextest",
        folder,
        [new("cargo-nextest", Run: "cargo install --locked cargo-nextest")],
        // In a file of its own: the configuration of the repository is left as it is.
        "printf '[profile.default.junit]\\npath = \"junit.xml\"\\n' > %OUT%/nextest.toml\ncargo nextest run --workspace "
        + "--tool-config-file \"gate:$PWD/%OUT%/nextest.toml\"",
        "%ID%/**/junit.xml")
    { After = Collect("*/target/nextest/*/junit.xml", "%ID%") };

    public static TestProject? Maven(RepositoryTree tree, string folder)
    {
        if (tree.FirstOf(folder, "pom.xml") is null)
            return null;
        // A file that nothing writes would leave the coverage set inconclusive for ever.
        var measures = tree.Holds(RepositoryTree.Join(folder, "pom.xml"), "jacoco-maven-plugin");
        return new(
            "maven",
            "Maven",
            folder,
            [Java(tree)],
            $"{(tree.FirstOf(folder, "mvnw") is null ? "mvn" : "sh ./mvnw")} --batch-mode --fail-at-end verify",
            "%ID%/**/*-reports/*.xml")
        {
            Coverage = measures ? "%ID%/**/jacoco.xml" : null,
            After = Collect("*/target/*-reports/TEST-*.xml", "%ID%")
                + (measures ? "\n" + Collect("*/target/site/jacoco*/jacoco.xml", "%ID%") : ""),
        };
    }

    public static TestProject? Gradle(RepositoryTree tree, string folder) =>
        tree.FirstOf(folder, "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts") is null ? null : new(
        "gradle",
        "Gradle",
        folder,
        [Java(tree)],
        $"{(tree.FirstOf(folder, "gradlew") is null ? "gradle" : "sh ./gradlew")} --continue test",
        "%ID%/**/*.xml")
        { After = Collect("*/build/test-results/*/*.xml", "%ID%") };

    private static StarterStep Java(RepositoryTree tree) => new("Java", Uses: "actions/setup-java@v6")
    {
        With =
        [
            ("distribution", "temurin"),
            ("java-version", TestStacks.VersionInWorkflows(tree, "java-version")
                ?? tree.Files.Where(file => RepositoryTree.NameOf(file) is "pom.xml" or "build.gradle" or "build.gradle.kts")
                    .Select(file => Release().Match(tree.Read(file)).Groups["version"].Value)
                    .FirstOrDefault(version => version.Length > 0)
                ?? "21"),
        ],
    };

    // The tools choose the places of their files; one artifact takes them from one folder.
    private static string Collect(string pattern, string name) =>
        $"mkdir -p %OUT%/{name}\nfind . -path '{pattern}' -not -path '*/{StarterWorkflow.ResultFolder}/*' -exec cp --parents '{{}}' "
        + $"%OUT%/{name} \\;";

    [GeneratedRegex(@"(<(maven\.compiler\.release|maven\.compiler\.source|java\.version)>|JavaLanguageVersion\.of\()(?<version>\d+)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Release();
}

/// <summary>Tests of PHP and Ruby.</summary>
internal static class ScriptTests
{
    public static TestProject? PhpUnit(RepositoryTree tree, string folder)
    {
        if (tree.FirstOf(folder, "phpunit.xml", "phpunit.xml.dist", "phpunit.dist.xml") is null)
            return null;
        var isComposed = tree.FirstOf(folder, "composer.json") is not null;
        return new(
            "phpunit",
            "PHPUnit",
            folder,
            isComposed ? [new("Packages", Run: "composer install --no-interaction --no-progress", Folder: folder)] : [],
            $"{(isComposed ? "vendor/bin/phpunit" : "phpunit")} --log-junit %OUT%/%ID%.xml",
            "%ID%.xml");
    }

    public static TestProject? RSpec(RepositoryTree tree, string folder)
    {
        if (tree.FirstOf(folder, "Gemfile") is not { } gemfile
            || !(tree.Holds(RepositoryTree.Join(folder, gemfile), "rspec") || tree.FirstOf(folder, ".rspec") is not null))
            return null;
        var version = tree.FirstOf(folder, ".ruby-version") is null
            ? new[] { ("ruby-version", TestStacks.VersionInWorkflows(tree, "ruby-version") ?? "ruby") }
            : [];
        return new(
            "rspec",
            "RSpec",
            folder,
            [
                new("Ruby", Uses: "ruby/setup-ruby@v1")
                    { With = [.. version, .. folder.Length > 0 ? new[] { ("working-directory", folder) } : []] },
                new("Packages", Run: "bundle install", Folder: folder),
            ],
            "bundle exec rspec --format progress --format json --out %OUT%/%ID%.json",
            "%ID%.json");
    }
}
