using GateAction.Core.Model;

namespace GateAction.Sources.Google;

/// <summary>What the facts of a <c>cloud-run</c> probe are made of: a service, and the revision that most of its requests go to.</summary>
/// <param name="Revision">Null where no revision serves.</param>
internal sealed record RunFacts(RunService Service, RunRevision? Revision)
{
    public static readonly Facts<RunFacts> Facts = new Facts<RunFacts>()
        .Include(RunService.Facts, run => run.Service)
        .Include(RunRevision.Facts, run => run.Revision);
}
