using Platform.Domain.Kernel;

namespace Platform.Domain.Bulk;

/// <summary>The document is not one that a job can run.</summary>
/// <param name="Why">What is wrong with it.</param>
public sealed record DocumentNotUsable(string Why) : InvalidInput
{
    public override string Message => Why;
}

/// <summary>Somebody has as many jobs as one may have; one must end before the next begins.</summary>
/// <param name="Open">How many have not ended.</param>
/// <param name="Most">How many there may be.</param>
public sealed record TooManyJobs(int Open, int Most) : DomainError
{
    public override string Message => $"{Open} of your jobs have not ended; at most {Most} may wait or run.";
}

/// <summary>There is no such file, it is somebody else's, or it was forgotten after a day.</summary>
public sealed record BulkFileNotFound(BulkFileId File) : DomainError
{
    public override string Message => $"There is no uploaded file {File}.";
}

/// <summary>What must land together, or is only tried, is held in one transaction, and that has an end.</summary>
/// <param name="File">The uploaded file.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Most">How many lines are held together.</param>
public sealed record FileHasTooManyLines(BulkFileId File, int Lines, int Most) : DomainError
{
    public override string Message => $"The file has {Lines} lines; at most {Most} land together or are tried.";
}

/// <summary>There is no such job, or it is somebody else's.</summary>
public sealed record BulkJobNotFound(BulkJobId Job) : DomainError
{
    public override string Message => $"There is no job {Job}.";
}

/// <summary>The job has ended; there is nothing left to do about it.</summary>
public sealed record BulkJobHasEnded(BulkJobId Job, BulkStatus Status) : DomainError
{
    public override string Message => $"Job {Job} has ended: {Status}.";
}
