using System.Globalization;
using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>A kind of request. Those that need a human never pass by a rule alone, whatever the matrix says (APR-06).</summary>
public sealed class ApprovalKind
{
    private ApprovalKind()
    {
    }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public bool NeedsHuman { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal void Require(bool human, DateTimeOffset at)
    {
        NeedsHuman = human;
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>
/// Puts a kind of request on the list of those that need a person, or takes it off. Taking it off is itself a change of
/// policy, and runs only after others agreed to it: ask with <see cref="AskToLetRulesDecide"/>.
/// </summary>
[Needs("approvals.govern")]
[Refuses<InvalidField>, Refuses<ApprovalKindUnknown>, Refuses<NeedsApproval>]
public sealed record RequireHuman(string Kind, bool NeedsHuman, string Reason) : ICommand<HumanRequired>, IReasoned;

public sealed record HumanRequired(string Kind, bool NeedsHuman, string Reason) : IEvent
{
    private static readonly Guid Register = new("00000000-0000-7000-8000-0000000000e2");

    /// <summary>All kinds share one subject: they are one register.</summary>
    public Subject Subject => new("ApprovalKinds", Register);
}

/// <summary>Asks that rules may decide about a kind that needs a person today.</summary>
[Needs("approvals.request")]
[Refuses<InvalidField>, Refuses<ApprovalKindUnknown>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record AskToLetRulesDecide(string Kind, string Reason) : ICommand<ApprovalFiled>, IReasoned;

internal sealed class RequireHumanHandler(PlatformDb db) : ICommandHandler<RequireHuman, HumanRequired>
{
    public async Task<Result<HumanRequired>> HandleAsync(RequireHuman command, Envelope envelope, CancellationToken ct)
    {
        if ((ApproverRole.CheckKind("kind", command.Kind) ?? Field.Text("reason", command.Reason, most: 500)) is { } invalid)
        {
            return invalid;
        }

        var kind = await db.LockApprovalKindAsync(command.Kind, ct);
        if (kind is null)
        {
            return new ApprovalKindUnknown(command.Kind);
        }

        if (!command.NeedsHuman && envelope.Mandate is null)
        {
            return new NeedsApproval($"{command.Kind} without a person");
        }

        kind.Require(command.NeedsHuman, envelope.Now);
        var required = new HumanRequired(kind.Code, kind.NeedsHuman, command.Reason);
        db.Raise(required);
        return required;
    }
}

internal sealed class AskToLetRulesDecideHandler(PlatformDb db, ApprovalDesk approvals)
    : ICommandHandler<AskToLetRulesDecide, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(AskToLetRulesDecide command, Envelope envelope, CancellationToken ct)
    {
        if ((ApproverRole.CheckKind("kind", command.Kind) ?? Field.Text("reason", command.Reason, most: 500)) is { } invalid)
        {
            return invalid;
        }

        var kind = await db.LockApprovalKindAsync(command.Kind, ct);
        if (kind is null)
        {
            return new ApprovalKindUnknown(command.Kind);
        }

        var subject = new Subject(nameof(ApprovalKind), KindFacts.IdOf(kind.Code));
        return await approvals.FileAsync(
            new RequireHuman(kind.Code, NeedsHuman: false, command.Reason),
            new ApprovalSheet
            {
                Kind = "POLICY_CHANGE",
                Subject = subject,
                Title = $"Let rules decide about {kind.Name}",
                Note = command.Reason,
                Effects = [new ShownEffect($"{kind.Code} needs a person", "true", "false")],
                Preconditions = [subject],
            },
            envelope,
            ct);
    }
}

/// <summary>What an approver relies on of a kind.</summary>
internal sealed class KindFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(ApprovalKind);

    /// <summary>Kinds are known by their code; a request is about an id, so the code's own fingerprint is one.</summary>
    public static Guid IdOf(string code) =>
        new(CanonicalJson.Fingerprint(System.Text.Encoding.ASCII.GetBytes($"approval kind {code}")).AsSpan(0, 16));

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct)
    {
        foreach (var code in await db.FindApprovalKindsAsync(ct))
        {
            if (IdOf(code) == id && await db.LockApprovalKindAsync(code, ct) is { } kind)
            {
                return new { kind.Code, kind.NeedsHuman, Version = kind.Version.ToString(CultureInfo.InvariantCulture) };
            }
        }

        return null;
    }
}
