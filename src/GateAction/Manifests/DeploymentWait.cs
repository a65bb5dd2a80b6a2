using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>The GitHub deployment of the judged commit that is waited for; its URL becomes the target.</summary>
internal sealed record DeploymentWait(string Environment, TimeSpan Wait)
{
    public static readonly Syntax<DeploymentWait> Syntax = Mapping.Of("deployment", fields => new DeploymentWait(
        fields.Required("environment", Syntaxes.Text, "Name of the environment on GitHub."),
        fields.Optional("wait", Syntaxes.Duration, TimeSpan.FromMinutes(15), "How long to wait until the deployment has succeeded.")));
}
