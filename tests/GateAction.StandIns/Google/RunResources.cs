using System.Text.Json.Nodes;

namespace GateAction.StandIns.Google;

/// <summary>A service <c>backend</c> of the project <c>acme-staging</c> and its two revisions, as the Cloud Run Admin API v2 shows
/// them.</summary>
internal static class RunResources
{
    public const string Service = "projects/acme-staging/locations/us-central1/services/backend";
    public const string Old = "backend-00644-abc";
    public const string New = "backend-00645-l8x";

    /// <summary>Everything goes to the new revision.</summary>
    public static void AddTo(GoogleStandIn google)
    {
        google.Resources[Service] = JsonNode.Parse(ServiceJson)!;
        google.Resources[$"{Service}/revisions/{New}"] = JsonNode.Parse(RevisionJson)!;
        google.Resources[$"{Service}/revisions/{Old}"] =
            JsonNode.Parse(RevisionJson.Replace(New, Old).Replace("2026-09-14T18:40", "2026-09-01T08:00"))!;
    }

    private const string ServiceJson = $$"""
        {
          "name": "{{Service}}", "uid": "6c0f2a35", "generation": "645", "observedGeneration": "645",
          "labels": { "team": "shop" }, "createTime": "2025-01-07T09:00:00.123456Z", "updateTime": "2026-09-14T18:40:01.5Z",
          "creator": "dev@example.com", "lastModifier": "deployer@acme-staging.iam.example.com",
          "ingress": "INGRESS_TRAFFIC_ALL", "launchStage": "GA",
          "template": { "containers": [ { "image": "us-docker.pkg.dev/acme-staging/shop/backend:latest" } ] },
          "traffic": [ { "type": "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", "percent": 100 } ],
          "terminalCondition": { "type": "Ready", "state": "CONDITION_SUCCEEDED", "lastTransitionTime": "2026-09-14T18:42:30.000001Z" },
          "conditions": [ { "type": "RoutesReady", "state": "CONDITION_SUCCEEDED" }, { "type": "ConfigurationsReady", "state": "CONDITION_SUCCEEDED" } ],
          "latestReadyRevision": "{{Service}}/revisions/{{New}}",
          "latestCreatedRevision": "{{Service}}/revisions/{{New}}",
          "trafficStatuses": [ { "type": "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", "percent": 100 }, { "type": "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", "revision": "{{Old}}", "tag": "before", "uri": "https://before---backend-x1y2z3-uc.example.com" } ],
          "uri": "https://backend-x1y2z3-uc.example.com", "urls": [ "https://backend-1.us-central1.example.com", "https://backend-x1y2z3-uc.example.com" ],
          "reconciling": false, "etag": "\"CJmS8LwGEAE=\""
        }
        """;

    private const string RevisionJson = $$"""
        {
          "name": "{{Service}}/revisions/{{New}}", "generation": "1", "service": "backend",
          "labels": { "commit-sha": "3f2c1d0a" }, "createTime": "2026-09-14T18:40:01.123456789Z",
          "scaling": { "minInstanceCount": 1, "maxInstanceCount": 20 },
          "vpcAccess": { "connector": "projects/acme-staging/locations/us-central1/connectors/staging", "egress": "PRIVATE_RANGES_ONLY" },
          "maxInstanceRequestConcurrency": 80, "timeout": "300s", "serviceAccount": "backend@acme-staging.iam.example.com",
          "containers": [
            { "name": "collector", "image": "us-docker.pkg.dev/acme-staging/shop/otel:1" },
            {
              "name": "backend",
              "image": "us-docker.pkg.dev/acme-staging/shop/backend@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
              "ports": [ { "name": "http1", "containerPort": 8080 } ],
              "env": [
                { "name": "ENVIRONMENT", "value": "staging" },
                { "name": "LEGACY_KEY", "value": "not-shown-anywhere" },
                { "name": "DATABASE_URL", "valueSource": { "secretKeyRef": { "secret": "projects/acme-staging/secrets/database-url", "version": "7" } } },
                { "name": "JWT_KEY", "valueSource": { "secretKeyRef": { "secret": "jwt-key", "version": "latest" } } }
              ],
              "resources": { "limits": { "cpu": "1000m", "memory": "512Mi" }, "cpuIdle": true }
            }
          ],
          "volumes": [ { "name": "tls", "secret": { "secret": "gateway-tls", "items": [ { "path": "tls.crt", "version": "3" } ] } } ],
          "conditions": [
            { "type": "Ready", "state": "CONDITION_SUCCEEDED", "lastTransitionTime": "2026-09-14T18:42:30.123456Z" },
            { "type": "ContainerHealthy", "state": "CONDITION_SUCCEEDED", "lastTransitionTime": "2026-09-14T18:42:29Z" }
          ],
          "observedGeneration": "1"
        }
        """;
}
