using System.Globalization;
using System.Text.Json.Nodes;

namespace GateAction.StandIns.Google;

/// <summary>Cloud Logging: <c>entries.list</c> with its paging. Of a filter only comparisons of <c>timestamp</c> are looked at.</summary>
internal static class LoggingEndpoints
{
    public static void Map(WebApplication app, GoogleStandIn google) =>
        app.MapPost("/v2/entries:list", (HttpContext context, CancellationToken _) => ListAsync(google, context));

    private static async Task<IResult> ListAsync(GoogleStandIn google, HttpContext context)
    {
        var query = (await JsonNode.ParseAsync(context.Request.Body))!;
        google.LogQueries.Enqueue(query);
        var resource = query["resourceNames"]?[0]?.GetValue<string>() ?? "";
        if (google.Refuse(context, "logging.logEntries.list", resource, "logging.googleapis.com") is { } refusal)
            return refusal;
        var filter = query["filter"]?.GetValue<string>() ?? "";
        if (filter.Count(character => character == '"') % 2 != 0)
            return GoogleErrors.BadRequest("Unparseable filter: syntax error at line 1, column 30, token '\"'");
        var start = int.Parse(query["pageToken"]?.GetValue<string>() ?? "0");
        var size = Math.Clamp(query["pageSize"]?.GetValue<int>() ?? 50, 1, 1000);
        var entries = google.Entries.Where(entry => IsWithin(entry, filter)).ToArray();
        if (query["orderBy"]?.GetValue<string>() == "timestamp desc")
            Array.Reverse(entries);
        var answer = new JsonObject { ["entries"] = new JsonArray([.. entries.Skip(start).Take(size).Select(entry => entry.DeepClone())]) };
        if (start + size < entries.Length)
            answer["nextPageToken"] = (start + size).ToString();
        return HttpResults.Text(answer.ToJsonString(), "application/json; charset=UTF-8");
    }

    private static bool IsWithin(JsonObject entry, string filter)
    {
        var at = Parse(entry["timestamp"]!.GetValue<string>());
        return Moments(filter, "timestamp>=").All(from => at >= from) && Moments(filter, "timestamp<").All(to => at < to);
    }

    private static IEnumerable<DateTimeOffset> Moments(string filter, string comparison) =>
        filter.Split(comparison + "\"").Skip(1).Select(rest => Parse(rest.Split('"')[0]));

    private static DateTimeOffset Parse(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
