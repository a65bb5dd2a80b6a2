using System.Globalization;
using System.Text;
using GateAction.Manifests;

namespace GateAction.Tests.Manifests;

/// <summary>A manifest as read, in a form to compare.</summary>
internal static class ManifestDump
{
    public static string Write(Manifest manifest)
    {
        var (text, gate) = (new StringBuilder(), manifest.Gate);
        text.Append(CultureInfo.InvariantCulture,
            $"gate {gate.Name} pass {gate.PassScore} warn {gate.WarnScore} inconclusive {(gate.InconclusiveWarns ? "warns" : "blocks")}\n");
        text.Append(CultureInfo.InvariantCulture, $"target {manifest.Target} deployment {manifest.Deployment} {manifest.Concurrency}\n");
        foreach (var source in manifest.Sources)
            text.Append(CultureInfo.InvariantCulture,
                $"source {source.Name} {source.Kind.Name} after [{string.Join(", ", source.Needs)}] mask "
                + $"[{string.Join(", ", source.Source.Mask)}]\n");
        foreach (var group in gate.Groups)
            text.Append(CultureInfo.InvariantCulture, $"{group}\n");
        foreach (var criterion in gate.Criteria)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"criterion {criterion.Id} '{criterion.Title}' group '{criterion.GroupId}' weight {criterion.Weight} "
                + $"{(criterion.Required ? "required" : "advisory")} at {criterion.Position}\n");
            text.Append(CultureInfo.InvariantCulture, $"  pass {criterion.Pass}\n");
            if (criterion.Warn is not null)
                text.Append(CultureInfo.InvariantCulture, $"  warn {criterion.Warn}\n");
            if (criterion.When is { } when)
                text.Append(CultureInfo.InvariantCulture,
                    $"  when event [{string.Join(", ", when.Event)}] changed [{string.Join(", ", when.Changed)}] branch "
                    + $"[{string.Join(", ", when.Branch)}]\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  help '{criterion.Help}' baseline {(criterion.BaselineOptional ? "optional" : "required")}\n");
        }
        foreach (var waiver in gate.Waivers)
            text.Append(CultureInfo.InvariantCulture,
                $"waiver {waiver.CriterionId} '{waiver.Reason}' by '{waiver.By}' until {waiver.Expires:yyyy-MM-dd}\n");
        return text.Append(CultureInfo.InvariantCulture, $"flaky tolerated [{string.Join(", ", gate.TolerateFlaky)}]\n").ToString();
    }
}
