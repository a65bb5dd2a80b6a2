namespace GateAction.StandIns.GitHub.State;

/// <summary>A repository beside the one that the stand-in is about.</summary>
/// <param name="Token">The only one that it shows itself to; null where anybody may read.</param>
/// <param name="IsForbidden">True where GitHub says that the token may not, as for one without single sign-on.</param>
internal sealed record OtherRepository(RepositoryState State, string? Token = null, bool IsForbidden = false)
{
    public static OtherRepository Of(string fullName, string? token = null) =>
        new(new(fullName.Split('/')[0], fullName.Split('/')[1]), token);
}
