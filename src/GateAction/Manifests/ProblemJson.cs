using System.Text.Json;
using GateAction.Core.Documents;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>What <c>gate validate --json</c> prints, the document <c>gateaction/validation/1</c> (docs/manifest.md).</summary>
internal static class ProblemJson
{
    public static string Format(IReadOnlyList<CheckedFile> readings) => IndentedJson.Object(writer =>
    {
        writer.WriteString("schema", "gateaction/validation/1");
        writer.WriteBoolean("valid", readings.All(pair => pair.Reading.Manifest is not null));
        writer.WriteStartArray("files");
        foreach (var (file, reading) in readings)
            WriteFile(writer, file, reading);
        writer.WriteEndArray();
    });

    private static void WriteFile(Utf8JsonWriter writer, string file, ManifestReading reading)
    {
        writer.WriteStartObject();
        writer.WriteString("file", file);
        writer.WriteBoolean("valid", reading.Manifest is not null);
        if (reading.Manifest is { } manifest)
        {
            writer.WriteString("name", manifest.Gate.Name);
            writer.WriteNumber("criteria", manifest.Gate.Criteria.Count);
            writer.WriteNumber("sources", manifest.Sources.Count);
        }
        Write(writer, "problems", file, reading.Problems);
        Write(writer, "warnings", file, reading.Warnings);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string name, string file, IReadOnlyList<Problem> problems)
    {
        writer.WriteStartArray(name);
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            if (problem.Position.File != file)
                writer.WriteString("file", problem.Position.File);
            writer.WriteNumber("line", problem.Position.Line);
            writer.WriteNumber("column", problem.Position.Column);
            writer.WriteNumber("length", problem.Length);
            writer.WriteString("path", problem.Path);
            writer.WriteString("message", problem.Message);
            writer.WriteString("source", problem.SourceLine);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

/// <summary>A manifest that was asked for by its path, and what reading it came to.</summary>
internal sealed record CheckedFile(string File, ManifestReading Reading);
