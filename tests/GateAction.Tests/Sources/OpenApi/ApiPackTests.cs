using System.IO.Compression;
using System.Text.Json.Nodes;
using GateAction.Sources.OpenApi;

namespace GateAction.Tests.Sources.OpenApi;

internal sealed class ApiPackTests
{
    [Test]
    public void What_is_written_for_people_goes_and_what_a_name_or_a_value_is_stays()
    {
        var document = JsonNode.Parse("""
            {
              "openapi": "3.1.0", "x-owner": "shop", "info": { "title": "Shop", "description": "sells" },
              "paths": { "/a": { "get": { "summary": "s", "parameters": [{ "name": "q", "description": "d", "example": 1 }] } } },
              "components": {
                "parameters": { "x-tenant": { "name": "x-tenant", "in": "header" } },
                "schemas": { "description": { "description": "d", "properties": { "example": { "type": "string", "title": "t" } }, "enum": [{ "title": "kept" }] } }
              }
            }
            """)!.AsObject();

        var reduced = JsonNode.Parse(ApiPack.Unpack(ApiPack.Pack(document)!)!);

        Assert.That(JsonNode.DeepEquals(reduced, JsonNode.Parse("""
            {
              "openapi": "3.1.0", "info": {},
              "paths": { "/a": { "get": { "parameters": [{ "name": "q" }] } } },
              "components": {
                "parameters": { "x-tenant": { "name": "x-tenant", "in": "header" } },
                "schemas": { "description": { "properties": { "example": { "type": "string" } }, "enum": [{ "title": "kept" }] } }
              }
            }
            """)), reduced!.ToJsonString());
    }

    [Test]
    public void A_bomb_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[ApiReader.MaxBytes + 1]);

        Assert.That(ApiPack.Unpack(Convert.ToBase64String(packed.ToArray())), Is.Null);
    }
}
