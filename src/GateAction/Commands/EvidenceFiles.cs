using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Manifests;
using GateAction.Sources;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>Evidence on disk. Throws <see cref="GateException"/> if a file is missing, is no evidence or not of what is judged.</summary>
internal static class EvidenceFiles
{
    /// <summary>What can be named, for help.</summary>
    public const string Argument =
        "Evidence files of 'gate collect', folders (every evidence.json in them) or patterns such as 'shares/**/evidence.json'; they are "
        + "merged. '!' before a pattern takes files out again, '-' reads one from the input.";

    /// <summary>Twice what is taken out of an artifact.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Clocks of two machines may differ by so much.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>GitHub ends a run after 35 days, and re-runs none that began more than 30 days ago.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(65);

    /// <summary>The shares of one gate, merged and about this run's commit.</summary>
    public static Evidence ReadAll(JobContext job, EffectiveManifest judge, Manifest manifest, FileArguments named)
    {
        var files = named.Require().Select(path => (path, Evidence: Read(job.Shell, path))).ToList();
        foreach (var (path, evidence) in files)
        {
            CheckFit($"'{path}'", evidence, judge, manifest, job);
            CheckRun($"'{path}'", evidence, job);
        }
        return Judged(EvidenceMerge.Merge(files), job);
    }

    /// <summary>In a workflow the judged commit and its files are this run's, whatever an evidence file says of itself.</summary>
    public static Evidence Judged(Evidence evidence, JobContext job) => job.Session is null
        ? evidence with { Changed = job.Changed ?? evidence.Changed }
        : evidence with { GitHub = job.GitHubFacts, Changed = job.Changed };

    /// <param name="what">Names the evidence in messages.</param>
    public static void CheckFit(string what, Evidence evidence, EffectiveManifest judge, Manifest manifest, JobContext job)
    {
        var gate = manifest.Gate.Name;
        if (job is { Event: { } judged, Session: { } session })
        {
            var commit = evidence.Commit ?? "no commit";
            if (commit != judged.Sha || evidence.Gate != gate)
                throw new GateException(
                    $"{what} is about gate '{evidence.Gate}' and commit '{commit}', not about '{gate}' and '{judged.Sha}'");
            var repository = session.Job.Repository.ToString();
            if (evidence.Run is not { } run)
                throw new GateException($"{what} does not say which run measured it: measure again with 'gate collect' in a workflow");
            if (!run.Repository.Equals(repository, StringComparison.OrdinalIgnoreCase))
                throw new GateException($"{what} is of repository '{run.Repository}', not of '{repository}'");
        }
        if (evidence.Gate != gate)
            throw new GateException($"{what} is about gate '{evidence.Gate}', and the manifest is that of '{gate}'");
        if (evidence.StartedAt > job.Shell.Time.GetUtcNow() + ClocksDiffer)
            throw new GateException(
                $"{what} was measured at {UnitText.Second(evidence.StartedAt)}, which is yet to come: it says nothing");
        CheckExtended(what, evidence, judge, job);
        foreach (var source in manifest.Sources)
        {
            // Facts of another kind may bear the same names and mean other things, as 'latency' of tcp and of http.
            if (evidence.Measurements.TryGetValue(source.Name, out var found) && found.Kind != source.Kind.Name)
                throw new GateException(
                    $"{what} holds a measurement of '{source.Name}' by '{found.Kind}', and the manifest measures it by "
                    + $"'{source.Kind.Name}': measure again");
        }
    }

    /// <summary>
    /// What was measured by one text of an extended file is not decided by another: a tag may have moved in between. Outside of a workflow,
    /// where somebody tries what a change of it would decide, a note says so.
    /// </summary>
    private static void CheckExtended(string what, Evidence evidence, EffectiveManifest judge, JobContext job)
    {
        var (measured, judging) = (evidence.Extends, judge.Extends);
        var texts = measured.Select(file => file.Digest);
        if (texts.SequenceEqual(judging.Select(file => file.Digest), StringComparer.OrdinalIgnoreCase))
            return;
        var sentence = judging.FirstOrDefault(file => !texts.Contains(file.Digest)) is { } moved
            && measured.FirstOrDefault(file => file.File == moved.File) is { } before
                ? $"{what} was measured by another text of '{moved.File}'{(before.Commit == moved.Commit ? "" : $", that of {before}")}"
                : $"{what} was measured by a manifest {By(measured)}, and the manifest is now one {By(judging)}";
        if (job.Session is not null)
            throw new GateException($"{sentence}: measure again");
        job.Notes.Add($"{sentence}: what is new in it may not have been measured");

        static string By(IReadOnlyList<ExtendedFile> files) => files.Count == 0
            ? "that extends nothing"
            : $"that extends {string.Join(", ", files.Select(file => file.ToString()))}";
    }

    /// <summary>
    /// In a workflow evidence is of this run, of an earlier attempt of it, or of the run that this one follows. What another run left in
    /// the workspace was measured before, and says nothing of now.
    /// </summary>
    /// <param name="what">Names the evidence in messages.</param>
    public static void CheckRun(string what, Evidence evidence, JobContext job)
    {
        if (job is not { Run: { } own, Event: { } judged } || evidence.Run is not { } run)
            return;
        if (run.Id != own.Id && run.Id != judged.FollowedRun)
            throw new GateException(
                $"{what} was measured by run {run.Id}, and this is run {own.Id}"
                + $"{(judged.FollowedRun is { } followed ? $", which follows run {followed}" : "")}: measure in this run");
        if (run.Id == own.Id && run.Attempt > own.Attempt)
            throw new GateException($"{what} was measured by attempt {run.Attempt} of this run, which has had {own.Attempt} so far");
        if (evidence.StartedAt + LongestRun < job.Shell.Time.GetUtcNow())
            throw new GateException(
                $"{what} was measured at {UnitText.Second(evidence.StartedAt)}, longer ago than a run can last: measure again");
    }

    /// <summary>The files that arguments name; of a folder every <c>evidence.json</c> in it, as artifacts are downloaded.</summary>
    public static FileArguments Find(Shell shell, IReadOnlyList<string> arguments) =>
        FileArguments.Find(shell, arguments, folder => In(shell, folder), "shares/**/evidence.json", "evidence");

    private static IReadOnlyList<string> In(Shell shell, string folder)
    {
        var found = FileSearch.Search(shell.PathOf(folder), [$"**/{ReportFiles.EvidenceName}"]);
        return found switch
        {
            { Unread: [var unread, ..] } => throw new GateException(unread),
            { Files: [] } => throw new GateException(
                $"no '{ReportFiles.EvidenceName}' lies in the folder '{folder}'; name the files, as in "
                + $"'{Path.Combine(folder, "*.json")}'"),
            _ => found.Files,
        };
    }

    public static Evidence Read(Shell shell, string path)
    {
        using var stream = Open(shell, path, "evidence");
        return EvidenceJson.Read(stream, path == InputOnce.Path ? InputOnce.Name : path, SourceKinds.EvidenceOf);
    }

    public static Stream Open(Shell shell, string path, string what)
    {
        try
        {
            Stream stream = path == InputOnce.Path ? shell.OpenInput() : NamedFile.OpenRead(shell.Directory, path);
            // A pipe has no length to look at; it is read up to the limit and no further.
            if (stream.CanSeek && stream.Length <= MostBytes)
                return stream;
            using (stream)
                return new MemoryStream(stream.CanSeek ? throw TooLarge(path, what) : ReadPipe(stream) ?? throw TooLarge(path, what));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = exception is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file"
                : Directory.Exists(shell.PathOf(path))
                ? $"it is a folder; name the file in it, as in '{Path.Combine(path, "evidence.json")}'"
                : exception.Message.TrimEnd('.');
            throw new GateException($"the {what} '{path}' cannot be read: {reason}", ExitCode.BadInput, exception);
        }
    }

    /// <summary>Null if there is more than is read.</summary>
    private static byte[]? ReadPipe(Stream stream)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (stream.Read(buffer) is > 0 and var count && bytes.Length <= MostBytes)
            bytes.Write(buffer, 0, count);
        return bytes.Length > MostBytes ? null : bytes.ToArray();
    }

    private static GateException TooLarge(string path, string what) =>
        new($"the {what} '{path}' is larger than {MostBytes / 1024 / 1024} MiB, which no run of gate writes");
}
