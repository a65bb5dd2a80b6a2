namespace GateAction.GitHub.Publishing;

/// <summary>
/// What the gate's own account has said of a commit under one name, as one job sees it. The order of runs is the order in which they said
/// that they begin: who began to judge later knows more, be it a new run or the re-run of an old one, whatever its number.
/// </summary>
/// <param name="words">In any order.</param>
/// <param name="own">The numbers of the words that this job said, the first of them the one by which it began.</param>
/// <param name="count">How many statuses of this name the commit has, whoever set them; GitHub takes 1,000.</param>
internal sealed class GateStatusHistory(IEnumerable<GateStatus> words, ActionsJob job, IReadOnlyCollection<long> own, int count)
{
    private readonly List<GateStatus> _words = [.. words.OrderByDescending(word => word.Id)];

    public int Count => count;

    public GateStatus? Newest => _words.FirstOrDefault();

    /// <summary>The runs that spoke, the one that spoke last first.</summary>
    public IEnumerable<long> Runs => _words.Where(word => word.Kind != GateStatusKind.PutBack).Select(word => word.RunId).Distinct();

    /// <summary>Where this job stands in the order; null if it did not say that it began.</summary>
    public GateStatus? Begin => _words.Find(word => word.Kind == GateStatusKind.Begun && IsOwn(word));

    /// <summary>The number that later runs have a higher one than: that of <see cref="Begin"/>, or what the job saw when it began without
    /// saying so.</summary>
    public long? Place { get; init; }

    /// <summary>
    /// The runs that began later than this job's, the latest first. A run is as late as the last of its jobs that speak under this name.
    /// </summary>
    public IEnumerable<GateStatus> Later =>
        (Begin is null ? Place : _words.First(word => word.Kind == GateStatusKind.Begun && IsSameAttempt(word)).Id) is { } place
        ? _words.Where(word => word.Kind == GateStatusKind.Begun && word.Id > place && !IsSameAttempt(word))
        .DistinctBy(word => (word.RunId, word.Attempt))
        : [];

    /// <summary>True if that run has said how it ended.</summary>
    public bool HasEnded(GateStatus begin) => _words.Exists(word => word.IsEnd && word.Id >= begin.Id && IsSame(word, begin));

    /// <summary>
    /// What a run has come to, all its jobs taken together: unmet if one is, then at work if one is. The job that ends last says that all
    /// are met.
    /// </summary>
    public (GateStatusKind Kind, string Description) StateOf(GateStatus begin)
    {
        var jobs = _words.Where(word => word.Kind != GateStatusKind.PutBack && IsSame(word, begin))
            .GroupBy(word => (word.Job, word.CheckRun))
            .ToList();
        return jobs.SelectMany(job => job).FirstOrDefault(word => word.Kind == GateStatusKind.Unmet) is { } unmet
            ? (GateStatusKind.Unmet, unmet.Description)
            // The newest word of a job counts. The job that ends last finds the others met and says success; before that the run is still
            // at work.
            : jobs.Exists(IsMeasuring) || !jobs.Exists(job => job.First().Kind == GateStatusKind.Met) ? (GateStatusKind.Begun, "")
            : (GateStatusKind.Met, "");
    }

    /// <summary>The last that a run said itself.</summary>
    public GateStatus LastOf(GateStatus begin) => _words.First(word => word.Kind != GateStatusKind.PutBack && IsSame(word, begin));

    /// <summary>True if a word lies above this job's last one that says another thing than <paramref name="isMet"/>.</summary>
    // A word of the same run that says the same does no harm on top; any other would be what GitHub goes by.
    public bool IsSpokenOver(bool isMet) =>
        (Begin?.Id ?? Place) is not null && Newest is { } newest && !IsOwn(newest)
        && !(IsSameAttempt(newest) && newest.IsEnd && (newest.Kind == GateStatusKind.Met) == isMet);

    /// <summary>Runs that ended while this one, which did not say that it began, measured.</summary>
    public IEnumerable<GateStatus> Meanwhile =>
        Begin is null && Place is { } place ? _words.Where(word => word.IsEnd && word.Id > place && !IsSameAttempt(word)) : [];

    /// <summary>True if a job that says only what has changed would say what the last run said.</summary>
    public bool SaysAlready(GateReport report) =>
        Begin is null && Place is not null && Newest is { } newest && (report.State == FinalState.Success
        ? newest.Kind == GateStatusKind.Met
        : newest.Kind == GateStatusKind.Unmet && newest.Description == CommitStatusPublisher.Shorten(report.Description));

    /// <summary>True if another job that speaks under the same name in the same run was not met, or did not come to its end in an earlier
    /// attempt.</summary>
    public bool IsOtherJobUnmet => OtherJobs.Any(
        // A job of an earlier attempt that began and never ended was killed: nobody knows what it would have said, and it is not run again.
        group => group.Any(word => word.Kind == GateStatusKind.Unmet) || (group.First().Attempt < job.RunAttempt && IsMeasuring(group)));

    public bool IsOtherJobMeasuring => OtherJobs.Any(IsMeasuring);

    /// <summary>True if another job of this very attempt speaks under the same name.</summary>
    public bool HasOtherJob => OtherJobs.Any();

    /// <summary>True if readers of the comment must be told of the other job: it is known to be another, or said another thing.</summary>
    public bool IsOtherJobToTell(bool isMet) => OtherJobs.Any(
        group => group.Key is not null || IsMeasuring(group) || group.Any(word => (word.Kind != GateStatusKind.Unmet) != isMet));

    /// <summary>False if GitHub's answer to this job's first word was lost: then its own words are known by their address.</summary>
    public bool IsBeginKnown { get; init; } = true;

    /// <summary>
    /// True if the order does not tell whether others began later, because this job's <c>pending</c> did not reach the commit, and others
    /// are there that were not met: a success would speak over them.
    /// </summary>
    public bool IsLost => Begin is null && Place is null && _words.Find(word => !IsSameAttempt(word)) is { Kind: not GateStatusKind.Met };

    /// <summary>True if the word is this job's own.</summary>
    public bool IsOwn(GateStatus word) => own.Contains(word.Id)
        || (!IsBeginKnown && IsSameAttempt(word) && (word.Job, word.CheckRun) == (job.Place.Key, job.Place.CheckRun));

    /// <summary>
    /// The words of the other jobs of this run, one group a job. A job that a re-run of failed jobs, or of one, left out speaks by what it
    /// said in its last attempt.
    /// </summary>
    private IEnumerable<IGrouping<string?, GateStatus>> OtherJobs
    {
        get
        {
            var run = _words.Where(word => word.RunId == job.RunId && word.Kind != GateStatusKind.PutBack && !IsOwn(word)).ToList();
            var now = run.Where(word => word.Attempt == job.RunAttempt).ToList();
            // Only if both are known by name: without names an earlier attempt's word is most likely this very job's own.
            var before = run.Where(word => word.Attempt < job.RunAttempt && word.Job is not null && job.Place.Key is not null
                && word.Job != job.Place.Key)
                .Where(word => !now.Exists(later => later.Job == word.Job))
                .GroupBy(word => word.Job)
                .SelectMany(group => group.Where(word => word.Attempt == group.Max(other => other.Attempt)));
            return now.Concat(before).GroupBy(word => word.Job is null ? null : $"{word.Job}!{word.CheckRun}");
        }
    }

    // A job may begin more than once under one name, in two steps; each pending waits for an end of its own.
    private static bool IsMeasuring(IEnumerable<GateStatus> group) =>
        group.Count(word => word.Kind == GateStatusKind.Begun) > group.Count(word => word.IsEnd);

    private bool IsSameAttempt(GateStatus word) => (word.RunId, word.Attempt) == (job.RunId, job.RunAttempt);

    private static bool IsSame(GateStatus word, GateStatus other) => (word.RunId, word.Attempt) == (other.RunId, other.Attempt);
}
