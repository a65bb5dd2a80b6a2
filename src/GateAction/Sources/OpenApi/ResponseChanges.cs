using System.Globalization;
using GateAction.Sources.OpenApi.Schemas;

namespace GateAction.Sources.OpenApi;

/// <summary>What is answered. A status stands for itself, for its range (<c>2XX</c>), and where there is neither for
/// <c>default</c>.</summary>
internal sealed class ResponseChanges(SchemaWalk walk, ApiChanges changes, string place)
{
    private readonly SchemaChanges _schemas = new(SchemaUse.Response, walk, place);

    public void Compare(IReadOnlyList<ApiResponse> before, IReadOnlyList<ApiResponse> after)
    {
        foreach (var old in before)
        {
            if (Find(after, old.Status) is { } same)
                Compare(old, same);
            else if (!after.Any(now => Covers(old.Status, now.Status, before)))
                changes.Add(
                    old.Status.StartsWith('2') ? ApiRules.ResponseRemoved : ApiRules.ResponseErrorRemoved,
                    place,
                    old.Status.StartsWith('2')
                    ? $"the success response {old.Status} was removed"
                    : $"the response {old.Status} was removed");
        }
        // One that is new and was understood as a range or as the default before must still be readable as that.
        foreach (var now in after.Where(now => before.All(old => old.Status != now.Status)))
        {
            if (before.FirstOrDefault(old => Covers(old.Status, now.Status, before)) is { Content.Count: > 0 } general
                && now.Content.Count > 0)
                Compare(general, now);
        }
    }

    private void Compare(ApiResponse before, ApiResponse after)
    {
        var where = $"response {after.Status}";
        foreach (var media in before.Content)
        {
            // Not a range that it lies in, as for requests: out of a range another type may come.
            if (MediaTypes.FindSame(after.Content, media) is { } same)
                new MediaChanges(_schemas, walk, changes, place).Compare(where, media, same);
            else if (after.Content.Any(now => MediaTypes.Find([media], now) is not null))
                CompareRange(where, media, after.Content);
            else
                changes.Add(ApiRules.ResponseMedia, place, $"{where} no longer comes as '{media.Type}'");
        }
        foreach (var old in before.Headers)
        {
            if (after.Headers.FirstOrDefault(now => now.Name.Equals(old.Name, StringComparison.OrdinalIgnoreCase)) is not { } header)
            {
                changes.Add(ApiRules.ResponseHeader, place, $"{where}, header '{old.Name}' was removed");
                continue;
            }
            if (old.IsRequired && !header.IsRequired)
                changes.Add(ApiRules.ResponseHeaderOptional, place, $"{where}, header '{old.Name}' may now be missing");
            CompareHeader($"{where}, header '{old.Name}'", old, header);
        }
        foreach (var (name, target) in before.Links)
        {
            var now = after.Links.Where(link => link.Name == name).Select(link => link.Target).FirstOrDefault();
            if (now != target)
                changes.Add(ApiRules.ResponseLink, place,
                    now is null
                    ? $"{where}, link '{name}' was removed"
                    : $"{where}, link '{name}' led to '{target}' and leads now to '{now}'");
        }
    }

    private void CompareHeader(string where, ApiHeader old, ApiHeader now)
    {
        // In the style `simple`, which headers have, `explode` changes objects alone: 'a,1' becomes 'a=1'.
        var types = walk.Before.TypesOf(old.Schema) & walk.After.TypesOf(now.Schema);
        if (old.Media?.Essence != now.Media?.Essence || (old.Explodes != now.Explodes && types.HasFlag(SchemaTypes.Object)))
            changes.Add(ApiRules.ResponseHeaderStyle, place, $"{where} was written as {Shown(old)} and is now {Shown(now)}");
        _schemas.Compare(where, old.Schema, now.Schema, now.Media?.Notation ?? SchemaNotation.Text);
    }

    private static string Shown(ApiHeader header) =>
        header.Media is { } media ? $"'{media.Essence}'" : header.Explodes ? "text, exploded" : "text";

    // Whoever read any type of a range reads each type in it.
    private void CompareRange(string where, ApiMedia range, IReadOnlyList<ApiMedia> content)
    {
        foreach (var media in content.Where(media => MediaTypes.Find([range], media) is not null))
            new MediaChanges(_schemas, walk, changes, place).Compare(where, range, media);
    }

    private static ApiResponse? Find(IReadOnlyList<ApiResponse> responses, string status) =>
        responses.FirstOrDefault(response => response.Status == status)
        ?? (IsNumber(status) ? responses.FirstOrDefault(response => response.Status == $"{status[0]}XX") : null)
        // Where other successes are listed, `default` describes errors, and a success that is gone is not among them.
        ?? (status == "default" || (status.StartsWith('2') && responses.Any(response => response.Status.StartsWith('2')))
            ? null
            : responses.FirstOrDefault(response => response.Status == "default"));

    /// <summary>True where <paramref name="status"/> was understood as <paramref name="general"/>.</summary>
    private static bool Covers(string general, string status, IReadOnlyList<ApiResponse> known) =>
        (general.EndsWith("XX", StringComparison.Ordinal) && IsNumber(status) && general[0] == status[0])
        || (general == "default" && status != "default"
        && known.All(response => response.Status != status && response.Status != $"{status[0]}XX"));

    private static bool IsNumber(string status) => int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

/// <summary>A request that the service sends, for a callback or a webhook: there the client reads, and answers.</summary>
internal sealed class SentRequestChanges(SchemaWalk walk, ApiChanges changes, string place)
{
    private readonly SchemaChanges _payload = new(SchemaUse.Response, walk, place);
    private readonly SchemaChanges _answer = new(SchemaUse.Request, walk, place);

    public void Compare(ApiOperation before, ApiOperation after)
    {
        foreach (var media in before.Body?.Content ?? [])
        {
            if (MediaTypes.FindSame(after.Body?.Content ?? [], media) is { } same)
                new MediaChanges(_payload, walk, changes, place).Compare("request body", media, same);
            else
                changes.Add(ApiRules.ResponseMedia, place, $"the request body no longer comes as '{media.Type}'");
        }
        foreach (var old in before.Parameters)
        {
            if (after.Parameters.FirstOrDefault(now => now.Name == old.Name && now.In == old.In) is not { } parameter)
            {
                changes.Add(ApiRules.ResponseHeader, place, $"parameter '{old.Name}' in {old.In} was removed");
                continue;
            }
            if (old.IsRequired && !parameter.IsRequired)
                changes.Add(ApiRules.ResponseHeaderOptional, place, $"parameter '{old.Name}' in {old.In} may now be missing");
            _payload.Compare($"parameter '{old.Name}' in {old.In}", old.Schema, parameter.Schema, SchemaNotation.Text);
        }
        foreach (var old in before.Responses)
        {
            if (after.Responses.FirstOrDefault(now => now.Status == old.Status) is not { } response)
            {
                changes.Add(ApiRules.ResponseErrorRemoved, place, $"the answer {old.Status} is no longer understood");
                continue;
            }
            foreach (var media in old.Content)
            {
                if (MediaTypes.Find(response.Content, media) is { } same)
                    new MediaChanges(_answer, walk, changes, place).Compare($"answer {old.Status}", media, same);
                else if (response.Content.Count > 0)
                    changes.Add(ApiRules.BodyMedia, place, $"the answer {old.Status} is no longer accepted as '{media.Type}'");
            }
        }
    }
}
