namespace GateAction.Sources.OpenApi;

/// <summary>Credentials that were enough before and are not any more. Schemes are compared by what they ask for, not by their
/// names.</summary>
internal sealed class SecurityChanges(ApiChanges changes, string place)
{
    public void Compare(IReadOnlyList<IReadOnlyList<ApiScheme>> before, IReadOnlyList<IReadOnlyList<ApiScheme>> after)
    {
        foreach (var had in before.Where(had => !after.Any(needs => IsEnough(had, needs, countsScopes: true))))
        {
            if (after.FirstOrDefault(needs => IsEnough(had, needs, countsScopes: false)) is { } same)
            {
                var scopes = same.SelectMany(scheme => scheme.Scopes).Except(had.SelectMany(scheme => scheme.Scopes)).Distinct();
                changes.Add(ApiRules.SecurityScope, place,
                    $"{Shown(same)} now needs the scope {string.Join(", ", scopes.Select(scope => $"'{scope}'"))}");
            }
            else if (had.Count == 0)
            {
                changes.Add(ApiRules.SecurityAdded, place, $"was open to anyone and now needs {Shown(after)}");
            }
            else
            {
                changes.Add(ApiRules.SecurityChanged, place, $"{Shown(had)} is no longer enough; it needs {Shown(after)}");
            }
        }
    }

    private static bool IsEnough(IReadOnlyList<ApiScheme> had, IReadOnlyList<ApiScheme> needs, bool countsScopes) =>
        needs.All(need => had.Any(scheme =>
            scheme.Means == need.Means
            && (need.Flows.Count == 0 || scheme.Flows.All(need.Flows.Contains))
            && (!countsScopes || need.Scopes.All(scheme.Scopes.Contains))));

    private static string Shown(IReadOnlyList<IReadOnlyList<ApiScheme>> alternatives) => string.Join(" or ", alternatives.Select(Shown));

    private static string Shown(IReadOnlyList<ApiScheme> schemes) => schemes.Count == 0 ? "nothing" : string.Join(" and ", schemes);
}
