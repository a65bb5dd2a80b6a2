namespace GateAction.Manifests.Starter;

/// <summary>The ways to run tests that <c>gate init</c> knows. A new one is one entry here.</summary>
internal static class TestStacks
{
    private const int ReadLimit = 64 * 1024;

    public static IReadOnlyList<TestStack> All { get; } =
    [
        new("dotnet_tests", ".NET", "**/TestResults/**/*.trx", "dotnet test --logger trx", (folder, file) =>
            HasExtension(file, ".csproj", ".fsproj", ".vbproj")
            && Holds(folder, file, "Microsoft.NET.Test.Sdk", "MSTest.Sdk", "<IsTestProject>true")),
        new("pytest", "pytest", "results/pytest*.xml", "pytest --junitxml=results/pytest.xml", (folder, file) =>
            Path.GetFileName(file) is "pytest.ini" or "conftest.py"
            || (Path.GetFileName(file) is "pyproject.toml" or "setup.cfg" or "tox.ini" or "requirements.txt" or "requirements-dev.txt"
            && Holds(folder, file, "pytest"))),
        new("vitest", "Vitest", "results/vitest*.xml", "npx vitest run --reporter=junit --outputFile=results/vitest.xml", (folder, file) =>
            Path.GetFileName(file) == "package.json" && Holds(folder, file, "\"vitest\"")),
        new("jest", "Jest", "results/jest*.xml",
            "JEST_JUNIT_OUTPUT_FILE=results/jest.xml npx jest --reporters=default --reporters=jest-junit", (folder, file) =>
            Path.GetFileName(file) == "package.json" && Holds(folder, file, "\"jest\"")),
        new("playwright", "Playwright", "results/playwright*.xml",
            "PLAYWRIGHT_JUNIT_OUTPUT_NAME=results/playwright.xml npx playwright test --reporter=junit", (folder, file) =>
            Path.GetFileName(file) == "package.json" && Holds(folder, file, "\"@playwright/test\"")),
        new("go_tests", "Go", "results/go*.xml", "go run gotest.tools/gotestsum@latest --junitfile results/go.xml ./...", (_, file) =>
            Path.GetFileName(file) == "go.mod"),
        new("maven_tests", "Maven", "**/target/surefire-reports/*.xml", "mvn test", (_, file) => Path.GetFileName(file) == "pom.xml"),
        new("gradle_tests", "Gradle", "**/build/test-results/**/*.xml", "gradle test", (_, file) =>
            Path.GetFileName(file) is "build.gradle" or "build.gradle.kts"),
        new("phpunit", "PHPUnit", "results/phpunit*.xml", "phpunit --log-junit results/phpunit.xml", (_, file) =>
            Path.GetFileName(file) is "phpunit.xml" or "phpunit.xml.dist"),
    ];

    private static bool HasExtension(string file, params string[] extensions) =>
        extensions.Contains(Path.GetExtension(file).ToLowerInvariant());

    private static bool Holds(string folder, string file, params string[] words)
    {
        var text = TextStart.Read(Path.Combine(folder, file), ReadLimit);
        return words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
