using System.Text.RegularExpressions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>Roles that somebody who is away lends to another for a while. What is lent cannot be lent on.</summary>
public sealed class ApprovalDelegation
{
    private ApprovalDelegation()
    {
    }

    public ApprovalDelegationId Id { get; private set; }

    public Guid FromPerson { get; private set; }

    public string FromName { get; private set; } = string.Empty;

    public Guid ToPerson { get; private set; }

    public string ToName { get; private set; } = string.Empty;

    public string[] Roles { get; private set; } = [];

    public DateTimeOffset ValidFrom { get; private set; }

    public DateTimeOffset ValidUntil { get; private set; }

    public string Reason { get; private set; } = string.Empty;

    public DateTimeOffset? RevokedAt { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    internal static ApprovalDelegation Lend(ApprovalDelegationId id, DelegateApprovals command, Envelope envelope) => new()
    {
        Id = id,
        FromPerson = envelope.Actor.Person,
        FromName = envelope.Actor.Name,
        ToPerson = command.ToPerson,
        ToName = command.ToName,
        Roles = [.. command.Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        ValidFrom = command.From,
        ValidUntil = command.Until,
        Reason = command.Reason,
        Version = 1,
        CreatedAt = envelope.Now,
    };

    internal void Revoke(DateTimeOffset at)
    {
        RevokedAt = at;
        Version++;
    }
}

/// <summary>Lends roles of one's own to another person while one is away.</summary>
[Needs("approvals.delegate")]
[Refuses<InvalidField>, Refuses<OnlyPeopleDecide>, Refuses<RoleNotHeld>]
public sealed record DelegateApprovals(
    Guid ToPerson, string ToName, IReadOnlyList<string> Roles, DateTimeOffset From, DateTimeOffset Until, string Reason)
    : ICommand<ApprovalsDelegated>, IReasoned;

public sealed record ApprovalsDelegated(
    ApprovalDelegationId Delegation, Guid FromPerson, Guid ToPerson, IReadOnlyList<string> Roles, DateTimeOffset From, DateTimeOffset Until)
    : IEvent
{
    public Subject Subject => new(nameof(ApprovalDelegation), Delegation.Value);
}

/// <summary>Takes lent roles back before their time.</summary>
[Needs("approvals.delegate")]
[Refuses<DelegationNotFound>]
public sealed record RevokeDelegation(ApprovalDelegationId Delegation) : ICommand<DelegationRevoked>;

public sealed record DelegationRevoked(ApprovalDelegationId Delegation, Guid FromPerson, Guid ToPerson) : IEvent
{
    public Subject Subject => new(nameof(ApprovalDelegation), Delegation.Value);
}

internal sealed class DelegateApprovalsHandler(PlatformDb db) : ICommandHandler<DelegateApprovals, ApprovalsDelegated>
{
    private const int MostDays = 366;

    public Task<Result<ApprovalsDelegated>> HandleAsync(DelegateApprovals command, Envelope envelope, CancellationToken ct)
    {
        var result = Decide(command, new ApprovalDelegationId(Guid.CreateVersion7(envelope.Now)), envelope);
        if (result.Succeeded(out var delegated))
        {
            db.Add(ApprovalDelegation.Lend(delegated.Delegation, command, envelope));
            db.Raise(delegated);
        }

        return Task.FromResult(result);
    }

    internal static Result<ApprovalsDelegated> Decide(DelegateApprovals command, ApprovalDelegationId id, Envelope envelope)
    {
        var invalid = Field.Text("toName", command.ToName, most: 200)
            ?? Field.Text("reason", command.Reason, most: 500)
            ?? Field.Whole("roles", command.Roles.Count, least: 1, most: 50)
            ?? command.Roles.Select(role => ApproverRole.Check("roles", role)).FirstOrDefault(found => found is not null)
            ?? (command.Until <= command.From || command.Until <= envelope.Now || command.Until > command.From.AddDays(MostDays)
                ? Field.Invalid("until", $"must lie after the beginning, in the future, at most {MostDays} days on", command.Until.ToString("O"))
                : null)
            ?? (command.ToPerson == envelope.Actor.Person
                ? Field.Invalid("toPerson", "must be another person", command.ToPerson.ToString())
                : null);
        if (invalid is not null)
        {
            return invalid;
        }

        if (envelope.Actor.Kind != ActorKind.Human)
        {
            return new OnlyPeopleDecide(envelope.Actor.Kind);
        }

        return command.Roles.FirstOrDefault(role => !envelope.Permissions.Contains(ApprovalSeats.PermissionOf(role))) is { } notHeld
            ? new RoleNotHeld(notHeld)
            : new ApprovalsDelegated(id, envelope.Actor.Person, command.ToPerson, command.Roles, command.From, command.Until);
    }
}

internal sealed class RevokeDelegationHandler(PlatformDb db) : ICommandHandler<RevokeDelegation, DelegationRevoked>
{
    public async Task<Result<DelegationRevoked>> HandleAsync(RevokeDelegation command, Envelope envelope, CancellationToken ct)
    {
        var delegation = await db.LockDelegationAsync(command.Delegation, ct);
        if (delegation is null || delegation.RevokedAt is not null || delegation.FromPerson != envelope.Actor.Person)
        {
            return new DelegationNotFound(command.Delegation);
        }

        delegation.Revoke(envelope.Now);
        var revoked = new DelegationRevoked(delegation.Id, delegation.FromPerson, delegation.ToPerson);
        db.Raise(revoked);
        return revoked;
    }
}

internal static partial class ApproverRole
{
    public static InvalidField? Check(string field, string? role) =>
        Field.Pattern(field, role, Pattern(), "must be 1 to 40 small letters or underscores");

    public static InvalidField? CheckKind(string field, string? kind) =>
        Field.Pattern(field, kind, KindPattern(), "must be 2 to 40 capital letters, digits or underscores");

    [GeneratedRegex(@"\A[a-z_]{1,40}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{1,39}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex KindPattern();
}
