using System.Text.RegularExpressions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

/// <summary>A kind of trouble: where it goes and how soon it must be dealt with where no rule says otherwise. Governance extends the list (EXC-02).</summary>
public sealed class ExceptionCategory
{
    private ExceptionCategory()
    {
    }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public string Queue { get; private set; } = string.Empty;

    public string EscalationQueue { get; private set; } = string.Empty;

    public CaseSeverity Severity { get; private set; }

    public int SlaHours { get; private set; }

    /// <summary>Where it is written down what to do (APR-17).</summary>
    public string? Runbook { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static ExceptionCategory Create(string code, DateTimeOffset at) => new() { Code = code, CreatedAt = at };

    internal void Apply(CategorySettings settings, DateTimeOffset at)
    {
        (Name, Queue, EscalationQueue, Severity, SlaHours, Runbook) = settings;
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>What a category says about its cases.</summary>
public sealed record CategorySettings(
    string Name, string Queue, string EscalationQueue, CaseSeverity Severity, int SlaHours, string? Runbook)
{
    internal InvalidField? Check() =>
        Field.Text("name", Name, most: 100)
        ?? QueueName.Check("queue", Queue)
        ?? QueueName.Check("escalationQueue", EscalationQueue)
        ?? Field.Known<CaseSeverity>("severity", Severity)
        ?? QueueName.CheckHours("slaHours", SlaHours)
        ?? Field.OptionalText("runbook", Runbook, most: 500);
}

/// <summary>Adds a category of exceptions, or settles anew where its cases go. Version 0 adds.</summary>
[Needs("exceptions.govern")]
[Refuses<InvalidField>, Refuses<StaleVersion>]
public sealed record DefineExceptionCategory(string Category, int Version, CategorySettings Settings) : ICommand<ExceptionCategoryDefined>;

public sealed record ExceptionCategoryDefined(string Category, int Version, CategorySettings Settings) : IEvent
{
    private static readonly Guid Register = new("00000000-0000-7000-8000-0000000000e1");

    /// <summary>All categories share one subject: they are one register.</summary>
    public Subject Subject => new("ExceptionCategories", Register);
}

internal sealed class DefineExceptionCategoryHandler(PlatformDb db)
    : ICommandHandler<DefineExceptionCategory, ExceptionCategoryDefined>
{
    public async Task<Result<ExceptionCategoryDefined>> HandleAsync(
        DefineExceptionCategory command, Envelope envelope, CancellationToken ct)
    {
        if ((QueueName.CheckCategory("category", command.Category) ?? command.Settings.Check()) is { } invalid)
        {
            return invalid;
        }

        await db.LockExceptionKeyAsync(command.Category, ct);
        var category = await db.LockCategoryAsync(command.Category, ct);
        if ((category?.Version ?? 0) != command.Version)
        {
            return new StaleVersion(nameof(ExceptionCategory), Guid.Empty, command.Version, category?.Version ?? 0);
        }

        if (category is null)
        {
            category = ExceptionCategory.Create(command.Category, envelope.Now);
            db.Add(category);
        }

        category.Apply(command.Settings, envelope.Now);
        var defined = new ExceptionCategoryDefined(category.Code, category.Version, command.Settings);
        db.Raise(defined);
        return defined;
    }
}

/// <summary>The rules of names that are typed into rules: queues are roles, categories are codes.</summary>
internal static partial class QueueName
{
    public static InvalidField? Check(string field, string? queue) =>
        Field.Pattern(field, queue, QueuePattern(), "must be 1 to 40 small letters or underscores");

    public static InvalidField? CheckCategory(string field, string? category) =>
        Field.Pattern(field, category, CategoryPattern(), "must be 2 to 40 capital letters, digits or underscores");

    /// <summary>Ninety days: what may wait longer is no exception.</summary>
    public static InvalidField? CheckHours(string field, int hours) => Field.Whole(field, hours, least: 1, most: 2160);

    [GeneratedRegex(@"\A[a-z_]{1,40}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex QueuePattern();

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{1,39}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex CategoryPattern();
}
