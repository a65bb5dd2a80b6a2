using GateAction.Cel.Values;

namespace GateAction.Sources.Google;

/// <summary>The facts of a Cloud Run service, and of the revision that most of its requests go to.</summary>
internal static class RunFacts
{
    public static FactType Type { get; } = ProbeOptions.FactsWith(
        ("ready", FactType.Bool(
        "true where the service is as it was last configured: its condition Ready has succeeded, for the newest generation, and nothing "
        + "is under way")),
        ("reconciling", FactType.Bool("true while Cloud Run is still at work on it")),
        ("revision", FactType.String("the revision that most requests go to; the facts from image on are those of it")),
        ("latest_ready", FactType.String("the newest revision that is ready")),
        ("latest_created", FactType.String("the newest revision")),
        ("traffic", FactType.List("where requests go", FactType.Object(
            "one share",
            ("revision", FactType.String("the revision that gets it")),
            ("share", FactType.Ratio("share of the requests")),
            ("latest", FactType.Bool("true where it follows the newest ready revision")),
            ("tag", FactType.String("its tag; absent where it has none")),
            ("url", FactType.String("the tag's own URL; absent where it has none"))))),
        ("latest_traffic", FactType.Ratio("share of the requests that goes to the newest revision")),
        ("url", FactType.String("the service's URL")),
        ("urls", FactType.List("all its URLs", FactType.String("one URL"))),
        ("ingress", FactType.String("from where it can be reached, as in INGRESS_TRAFFIC_ALL")),
        ("conditions", FactType.List("the conditions of the service, Ready first", FactType.Object(
            "one condition",
            ("type", FactType.String("Ready, RoutesReady, ConfigurationsReady …")),
            ("ok", FactType.Bool("true where it has succeeded")),
            ("state", FactType.String("such as CONDITION_SUCCEEDED")),
            ("reason", FactType.String("why it is so, in one word; empty where Cloud Run does not say")),
            ("message", FactType.String("why it is so, for people; empty where Cloud Run does not say"))))),
        ("image", FactType.String("the container's image, without the digest")),
        ("image_digest", FactType.String("its digest, sha256:…; absent where the image is not given by one")),
        ("cpu", FactType.Number("limit of processors")),
        ("memory", FactType.Size("limit of memory")),
        ("env_names", FactType.List("names of the environment variables that are no secrets", FactType.String("one name"))),
        ("env", FactType.Map("their values, of those alone that `show-env` names", FactType.String("the value"))),
        ("containers", FactType.Int("how many containers an instance has; the facts of the image are those of the one with a port")),
        ("secrets", FactType.List("secrets that the container sees", FactType.Object(
            "one secret",
            ("name", FactType.String("the variable or the file that holds it")),
            ("secret", FactType.String("its name in Secret Manager")),
            ("version", FactType.String("its version"))))),
        ("vpc", FactType.Object(
            "access to a network",
            ("enabled", FactType.Bool("true where it has one")),
            ("connector", FactType.String("the connector; absent without one")),
            ("network", FactType.String("the network; absent without direct access")),
            ("subnetwork", FactType.String("the subnetwork; absent without direct access")),
            ("egress", FactType.String("all-traffic or private-ranges-only")))),
        ("labels", FactType.Map("the revision's labels", FactType.String("the value"))),
        ("min_instances", FactType.Int("instances at least")),
        ("max_instances", FactType.Int("instances at most; absent where it is not set")),
        ("concurrency", FactType.Int("requests that one instance may handle at once")),
        ("service_account", FactType.String("the account it runs as")),
        ("request_timeout", FactType.Duration("time that one request may take")),
        ("deployed_at", FactType.Timestamp("when the revision was created")),
        ("deploy_duration", FactType.Duration("time from then until it was ready; absent where it is not")));
}
