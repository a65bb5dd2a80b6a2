using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Extensions;

namespace GateAction.StandIns.GitHub;

/// <summary>One page of a list, with GitHub's <c>Link</c> header: 30 items unless told, never more than 100.</summary>
internal static class Paging
{
    public static IResult Page(HttpContext context, IEnumerable<JsonNode> items) => Json.Of(Json.Array(Take(context, [.. items])));

    public static IResult Page(HttpContext context, string name, IEnumerable<JsonNode> items)
    {
        List<JsonNode> all = [.. items];
        return Json.Of(new JsonObject { ["total_count"] = all.Count, [name] = Json.Array(Take(context, all)) });
    }

    private static IEnumerable<JsonNode> Take(HttpContext context, List<JsonNode> all)
    {
        var size = Math.Clamp(Whole(context, "per_page", 30), 1, 100);
        var page = Math.Max(1, Whole(context, "page", 1));
        var last = Math.Max(1, (all.Count + size - 1) / size);
        var links = new List<string>();
        if (page < last)
            links.AddRange([Link(context, page + 1, "next"), Link(context, last, "last")]);
        if (page > 1)
            links.AddRange([Link(context, page - 1, "prev"), Link(context, 1, "first")]);
        if (links.Count > 0)
            context.Response.Headers.Link = string.Join(", ", links);
        return all.Skip((page - 1) * size).Take(size);
    }

    private static int Whole(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string Link(HttpContext context, int page, string relation)
    {
        var query = new QueryBuilder(context.Request.Query.Where(pair => pair.Key != "page")
            .Append(new("page", page.ToString(CultureInfo.InvariantCulture))));
        return $"<{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{context.Request.Path}{query}>; "
            + $"rel=\"{relation}\"";
    }
}
