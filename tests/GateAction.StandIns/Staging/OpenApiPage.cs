namespace GateAction.StandIns.Staging;

/// <summary>The OpenAPI document of the service.</summary>
internal static class OpenApiPage
{
    public const string Json = """
        {
          "openapi": "3.1.0",
          "info": { "title": "Acme shop", "version": "2.4.0" },
          "servers": [{ "url": "https://api.example.com/" }],
          "paths": {
            "/health": { "get": { "operationId": "health", "tags": ["ops"], "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": { "type": "object" } } } } } } },
            "/metrics": { "get": { "operationId": "metrics", "tags": ["ops"], "responses": { "200": { "description": "ok" } } } },
            "/login": { "post": {
              "operationId": "login",
              "tags": ["users"],
              "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Login" } } } },
              "responses": { "200": { "description": "ok" } } } },
            "/v1/orders": { "get": {
              "operationId": "orders",
              "tags": ["orders"],
              "parameters": [{ "name": "limit", "in": "query", "schema": { "type": "integer" } }],
              "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Orders" } } } } } } },
            "/v1/orders/{id}": { "get": {
              "operationId": "order",
              "tags": ["orders"],
              "deprecated": true,
              "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } }],
              "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Order" } } } } } } }
          },
          "components": { "schemas": {
            "Login": { "type": "object", "required": ["user", "password"], "properties": { "user": { "type": "string" }, "password": { "type": "string" } } },
            "Orders": { "type": "object", "properties": { "orders": { "type": "array", "items": { "$ref": "#/components/schemas/Order" } } } },
            "Order": { "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" }, "total": { "type": "number" }, "parent": { "$ref": "#/components/schemas/Order" } } }
          } }
        }
        """;

    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(Json);
    }
}
