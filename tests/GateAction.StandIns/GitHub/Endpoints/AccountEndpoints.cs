
namespace GateAction.StandIns.GitHub.Endpoints;

/// <summary>Whose token it is: https://docs.github.com/rest/users/users refuses an app's, whose name only GraphQL tells.</summary>
internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
        routes.MapGet("/user", (HttpContext context) => LoginOf(standIn, context) switch
        {
            null => Errors.BadCredentials,
            var app when app.EndsWith("[bot]", StringComparison.Ordinal) => Errors.NotAccessible,
            var login => Json.Of(Accounts.User(login)),
        });
    }

    private static string? LoginOf(GitHubStandIn standIn, HttpContext context) =>
        standIn.Tokens.Find(token => context.Request.Headers.Authorization == $"Bearer {token.Value}")?.Login;
}
