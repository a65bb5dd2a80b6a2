using System.Text;

namespace GateAction.Sources;

/// <summary>The fields of a form as a request carries them (<c>application/x-www-form-urlencoded</c>).</summary>
internal static class FormText
{
    public const string MediaType = "application/x-www-form-urlencoded";

    public static byte[] Of(IEnumerable<(string Name, string Value)> fields) =>
        Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{Escape(field.Name)}={Escape(field.Value)}")));

    public static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
