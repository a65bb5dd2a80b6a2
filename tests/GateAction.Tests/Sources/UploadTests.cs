using System.Text;
using GateAction.Core.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace GateAction.Tests.Sources;

/// <summary>Forms with files, as a server of the web reads them.</summary>
internal sealed class UploadTests
{
    private static readonly byte[] Picture = [.. Enumerable.Range(0, 70_000).Select(number => (byte)number)];

    private WebApplication _server = null!;
    private string _folder = null!;
    private IFormCollection? _form;
    private byte[] _first = [];
    private string _error = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Run(async context =>
        {
            try
            {
                context.Features.Set<IFormFeature>(new FormFeature(context.Request,
                    new FormOptions { MultipartBodyLengthLimit = 64 << 20 }));
                var form = await context.Request.ReadFormAsync();
                using var bytes = new MemoryStream();
                foreach (var file in form.Files.Take(1))
                    await file.CopyToAsync(bytes);
                (_form, _first) = (form, bytes.ToArray());
            }
            catch (Exception exception)
            {
                _error = exception.Message;
            }
        });
        await _server.StartAsync();
        _folder = Directory.CreateTempSubdirectory("gate-upload-").FullName;
        File.WriteAllBytes(Path.Combine(_folder, "picture.png"), Picture);
        File.WriteAllText(Path.Combine(_folder, "ü \"q\".txt"), "--gate-\r\n\r\nnot the end");
        File.WriteAllText(Path.Combine(_folder, "empty.txt"), "");
        using (var large = File.Create(Path.Combine(_folder, "large.bin")))
            large.SetLength(17 << 20);
        File.CreateSymbolicLink(Path.Combine(_folder, "out.txt"), "/etc/hostname");
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SetUp]
    public void Forget() => (_form, _error) = (null, "");

    [Test]
    public async Task Texts_and_files_come_as_they_are()
    {
        var measured = await MeasureAsync("""
            title: a "title" of two
             lines
            note: { text: "<b>", type: text/html }
            picture: { file: picture.png, type: image/png }
            named: { file: picture.png, filename: "other \"name\".png" }
            attachments: [{ file: "ü \"q\".txt" }, { file: empty.txt }]
            tags: [one, two]
            """);

        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(200), measured.Reason);
        Assert.That(_error, Is.Empty);
        Assert.That((string?)_form!["title"], Is.EqualTo("a \"title\" of two lines"));
        Assert.That((string?)_form["note"], Is.EqualTo("<b>"));
        Assert.That(_form["tags"].ToArray(), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(_form.Files.Select(file => (file.Name, file.FileName, file.ContentType, file.Length)), Is.EqualTo(new[]
        {
            ("picture", "picture.png", "image/png", 70_000L),
            ("named", "other %22name%22.png", "application/octet-stream", 70_000L),
            ("attachments", "ü %22q%22.txt", "application/octet-stream", 22L),
            ("attachments", "empty.txt", "application/octet-stream", 0L),
        }));
        Assert.That(_first, Is.EqualTo(Picture));
    }

    [TestCase("a: { file: nowhere.png }", "the file 'nowhere.png' that is to be sent cannot be read: it does not exist")]
    [TestCase("a: { file: folder }", "is a folder; only regular files are read")]
    [TestCase("a: { file: out.txt }", "leads out of the workspace")]
    [TestCase("a: { file: ../../../../../../etc/hostname }", "leads out of the workspace")]
    [TestCase("a: { file: /dev/zero }", "is a device; only regular files are read")]
    [TestCase("a: { file: large.bin }", "the body to send is larger than 16 MiB")]
    [TestCase("a: { file: \"\" }", "the path of the file is empty")]
    public async Task What_cannot_be_sent_is_said_and_nothing_is_sent(string parts, string sentence)
    {
        var measured = await MeasureAsync(parts);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.Contain(sentence).And.Not.Contain("\n").And.Not.Contain("bug in gate"));
        Assert.That(_form, Is.Null);
    }

    [TestCase("multipart: { a: { file: b, text: c } }", "exactly one of 'text' and 'file' is accepted")]
    [TestCase("multipart: { a: { type: text/plain } }", "exactly one of 'text' and 'file' is accepted")]
    [TestCase("multipart: { a: { file: b, type: nonsense } }", "'nonsense' is no media type")]
    [TestCase("multipart: { a: { path: b } }", "has no field 'path'")]
    [TestCase("multipart: { a: b }, form: { a: b }", "another body is given too; one of 'body', 'json', 'form', 'multipart' is accepted")]
    [TestCase("multipart: [a]", "expected a mapping")]
    public void A_form_that_is_written_wrongly_is_a_problem_of_the_manifest(string yaml, string problem) =>
        Assert.That(ProbeTesting.ProblemsIn($"{{ http: 'https://example.com/', {yaml} }}"), Has.Some.Contains(problem));

    private async Task<Measurement> MeasureAsync(string parts)
    {
        var yaml = new StringBuilder($"http: {_server.Urls.First()}\nattempts: 1\nmultipart:\n");
        foreach (var line in parts.Split('\n'))
            yaml.Append("  ").AppendLine(line.TrimEnd('\r'));
        return (await ProbeTesting.CollectAsync([ProbeTesting.SourceOf("probe", yaml.ToString())],
            directory: _folder)).Measurements["probe"];
    }
}
