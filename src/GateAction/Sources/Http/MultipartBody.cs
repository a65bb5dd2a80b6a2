using System.Security.Cryptography;
using System.Text;
using GateAction.Files;
using GateAction.Sources.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Http;

/// <summary>One part of a <c>multipart/form-data</c> body (RFC 7578): a text, or what a file holds.</summary>
/// <param name="File">The path; null for a text.</param>
/// <param name="FileName">What the server is told; null for the file's own name.</param>
internal sealed record MultipartPart(Template? Text, Template? File, Template? FileName, string? MediaType)
{
    private static readonly Syntax<MultipartPart> Full = Mapping.Of("part of a form", fields =>
    {
        var part = new MultipartPart(
            fields.Optional("text", Syntaxes.Template, "what the part holds"),
            fields.Optional("file", Syntaxes.Template, "the file whose bytes the part holds; a relative path lies in the workspace"),
            fields.Optional("filename", Syntaxes.Template, "the name that the server is told; the file's own where it is not given"),
            fields.Optional("type", Syntaxes.Text.Unless(ObjectToType), "its media type: image/png; of a file application/octet-stream"));
        fields.Check((part.Text is null) != (part.File is null), "file", "exactly one of 'text' and 'file' is accepted");
        return part;
    });

    public static readonly Syntax<MultipartPart> Syntax =
        Syntaxes.Either(Syntaxes.Template.Select(text => new MultipartPart(text, null, null, null)), Full);

    private static string? ObjectToType(string type) =>
        type.Count(c => c == '/') == 1 && type.All(c => c is >= ' ' and <= '~')
            ? null
            : $"'{type}' is no media type; one such as image/png or text/csv is accepted";
}

/// <summary>The parts of a form with files, and their bytes.</summary>
internal static class MultipartBody
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The bytes and the media type with the boundary. Throws <see cref="NoEvidenceException"/> where a file cannot be
    /// read.</summary>
    public static (byte[] Bytes, string ContentType) Write(IReadOnlyList<Entry<IReadOnlyList<MultipartPart>>> parts, ProbeContext context)
    {
        // Of 128 random bits: no part holds it.
        var boundary = $"gate-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        using var body = new MemoryStream();
        foreach (var (name, several, _) in parts)
        {
            foreach (var part in several)
                WritePart(body, boundary, name, part, context);
        }
        Write(body, $"--{boundary}--\r\n");
        return (body.ToArray(), $"multipart/form-data; boundary={boundary}");
    }

    private static void WritePart(MemoryStream body, string boundary, string name, MultipartPart part, ProbeContext context)
    {
        var path = part.File is null ? null : context.Expand(part.File);
        var content = path is null ? Encoding.UTF8.GetBytes(context.Expand(part.Text!)) : Read(path, MaxBytes - (int)body.Length, context);
        var fileName = part.FileName is not null ? context.Expand(part.FileName) : Path.GetFileName(path);
        var type = part.MediaType ?? (path is null ? null : "application/octet-stream");
        // RFC 7578 wants CRLF at the ends of lines, whatever the system's own is.
        Write(body, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{Quoted(name)}\"");
        if (fileName is not null)
            Write(body, $"; filename=\"{Quoted(fileName)}\"");
        Write(body, type is null ? "\r\n\r\n" : $"\r\nContent-Type: {type}\r\n\r\n");
        body.Write(content);
        Write(body, "\r\n");
        if (body.Length > MaxBytes)
            throw TooLarge();
    }

    private static byte[] Read(string path, int room, ProbeContext context)
    {
        var workspace = context.Shell.Directory;
        try
        {
            using var file = RegularFile.OpenRead(WorkspacePath.Resolve(workspace, path), WorkspacePath.FolderOf(workspace, path));
            // Before it is read: a file of gigabytes would else be read only to be refused.
            return file.Length > room ? throw TooLarge() : ReadAll(file, room);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NoEvidenceException(
                $"was not measured: the file '{path}' that is to be sent cannot be read: {RegularFile.WhyUnreadable(exception)}",
                exception);
        }
    }

    // A file may grow while it is read.
    private static byte[] ReadAll(FileStream file, int room)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (file.Read(buffer) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > room)
                throw TooLarge();
        }
        return bytes.ToArray();
    }

    private static NoEvidenceException TooLarge() =>
        new($"was not measured: the body to send is larger than {MaxBytes / 1024 / 1024} MiB, which is the most that a probe sends");

    // As browsers write them (https://html.spec.whatwg.org/#multipart-form-data).
    private static string Quoted(string text) => text.Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal);

    private static void Write(MemoryStream body, string text) => body.Write(Encoding.UTF8.GetBytes(text));
}
