using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>Repositories beside the one that the stand-in is about: who may not read one learns nothing of it.</summary>
internal static class OtherEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        routes.MapGet("/repos/{owner}/{name}", (string owner, string name, HttpContext context) => Of(
            standIn, owner, name, context, other => Json.Of(Accounts.Repository(other.FullName, other.DefaultBranch))));
        routes.MapGet("/repos/{owner}/{name}/commits/{**reference}", (string owner, string name, string reference, HttpContext context) =>
            Of(
            standIn, owner, name, context, other => CommitEndpoints.Resolve(standIn, other, reference)));
        routes.MapGet("/repos/{owner}/{name}/contents/{**path}", (string owner, string name, string path, HttpContext context) => Of(
            standIn, owner, name, context, other => ContentEndpoints.Get(standIn, other, path, context)));
    }

    private static IResult Of(
        GitHubStandIn standIn, string owner, string name, HttpContext context, Func<RepositoryState, IResult> answer)
    {
        lock (standIn.Repository)
        {
            var token = context.Request.Headers.Authorization.ToString();
            var other = standIn.Others.Find(other => other.State.FullName.Equals($"{owner}/{name}", StringComparison.OrdinalIgnoreCase));
            if (other is null || (other.Token is not null && token != $"Bearer {other.Token}"))
                return Errors.NotFound;
            return other.IsForbidden ? Errors.Of(403, "Resource not accessible by personal access token") : answer(other.State);
        }
    }
}
