using System.Text.RegularExpressions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

/// <summary>Gives the fields of a kind of record to another role, which from now on decides about them.</summary>
[Needs("stewardship.assign")]
[Refuses<InvalidField>, Refuses<FieldGroupUnknown>]
public sealed record AssignFieldGroup(RecordKind Record, FieldGroup Group, string OwnerRole, string? Reason)
    : ICommand<FieldGroupAssigned>, IReasoned;

public sealed record FieldGroupAssigned(RecordKind Record, FieldGroup Group, string OwnerRole, string PreviousRole) : IEvent
{
    private static readonly Guid Register = new("00000000-0000-7000-8000-0000000000a2");

    /// <summary>All assignments share one subject: they are one register.</summary>
    public Subject Subject => new("FieldGroupOwners", Register);
}

internal sealed class AssignFieldGroupHandler(PlatformDb db) : ICommandHandler<AssignFieldGroup, FieldGroupAssigned>
{
    public async Task<Result<FieldGroupAssigned>> HandleAsync(
        AssignFieldGroup command, Envelope envelope, CancellationToken ct)
    {
        var owner = await db.FindFieldGroupOwnerAsync(command.Record, command.Group, ct);
        var result = Decide(command, owner);
        if (result.Succeeded(out var assigned))
        {
            owner!.Apply(assigned);
            db.Raise(assigned);
        }

        return result;
    }

    internal static Result<FieldGroupAssigned> Decide(AssignFieldGroup command, FieldGroupOwner? owner)
    {
        if (RolePattern.Check(command.OwnerRole) is { } invalid)
        {
            return invalid;
        }

        return owner is null
            ? new FieldGroupUnknown(command.Record, command.Group)
            : new FieldGroupAssigned(command.Record, command.Group, command.OwnerRole, owner.OwnerRole);
    }
}

internal static partial class RolePattern
{
    public static InvalidField? Check(string role) =>
        Field.Pattern("ownerRole", role, Pattern(), "must be 1 to 40 small letters or underscores");

    [GeneratedRegex(@"\A[a-z_]{1,40}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Pattern();
}
