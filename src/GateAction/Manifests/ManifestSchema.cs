using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>The JSON Schema of a manifest (draft 2020-12), for editors; the committed copy is schema/gate.schema.json.</summary>
internal static class ManifestSchema
{
    private static readonly JsonSerializerOptions Options = new()
    { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var definitions = new SchemaDefinitions();
        var root = definitions.Reference(ManifestSyntax.Syntax);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "GateAction manifest",
            ["description"] = "Success criteria of a staging environment, what is measured for them, and what it takes to pass.",
            ["$ref"] = root["$ref"]!.DeepClone(),
            ["$defs"] = definitions.ToJson(),
        };
        return schema.ToJsonString(Options) + "\n";
    }
}
