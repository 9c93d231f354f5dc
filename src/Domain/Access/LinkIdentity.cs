using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

/// <summary>Who somebody is at an identity provider elsewhere: its issuer and subject, exactly as they come.</summary>
public sealed class ExternalIdentity
{
    private ExternalIdentity()
    {
    }

    public string Issuer { get; private set; } = string.Empty;

    public string SubjectName { get; private set; } = string.Empty;

    public UserId UserId { get; private set; }

    public DateTimeOffset LinkedAt { get; private set; }

    internal static ExternalIdentity Of(LinkIdentity command, DateTimeOffset now) =>
        new() { Issuer = command.Issuer, SubjectName = command.SubjectName, UserId = command.User, LinkedAt = now };
}

/// <summary>Lets somebody sign in through an identity provider. An e-mail address proves nothing; the subject does.</summary>
[Needs("access.users")]
[Refuses<InvalidField>, Refuses<UserNotFound>, Refuses<OwnAccess>, Refuses<ExternalIdentityTaken>]
public sealed record LinkIdentity(UserId User, string Issuer, string SubjectName) : ICommand<IdentityLinked>;

public sealed record IdentityLinked(UserId User, string Issuer, string SubjectName) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

/// <summary>Takes that way in away again.</summary>
[Needs("access.users")]
[Refuses<UserNotFound>, Refuses<ExternalIdentityNotFound>]
public sealed record UnlinkIdentity(UserId User, string Issuer, string SubjectName) : ICommand<IdentityUnlinked>;

public sealed record IdentityUnlinked(UserId User, string Issuer, string SubjectName) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

internal sealed class LinkIdentityHandler(PlatformDb db) : ICommandHandler<LinkIdentity, IdentityLinked>, IConstraintRefusals<LinkIdentity>
{
    public async Task<Result<IdentityLinked>> HandleAsync(LinkIdentity command, Envelope envelope, CancellationToken ct)
    {
        if ((Field.Text("issuer", command.Issuer, most: 500) ?? Field.Text("subjectName", command.SubjectName, most: 255)) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockUserRowAsync(command.User, ct) is not { } user)
        {
            return new UserNotFound(command.User);
        }

        if (user.PersonId == envelope.Actor.Person)
        {
            return new OwnAccess(user.Id);
        }

        if (await db.FindIdentityAsync(command.Issuer, command.SubjectName, ct) is not null)
        {
            return new ExternalIdentityTaken(command.Issuer, command.SubjectName);
        }

        db.Add(ExternalIdentity.Of(command, envelope.Now));
        user.Touch(envelope.Now);
        var linked = new IdentityLinked(user.Id, command.Issuer, command.SubjectName);
        db.Raise(linked);
        return linked;
    }

    public DomainError? RefusalFor(LinkIdentity command, string constraint) =>
        constraint == "external_identity_pkey" ? new ExternalIdentityTaken(command.Issuer, command.SubjectName) : null;
}

internal sealed class UnlinkIdentityHandler(PlatformDb db) : ICommandHandler<UnlinkIdentity, IdentityUnlinked>
{
    public async Task<Result<IdentityUnlinked>> HandleAsync(UnlinkIdentity command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockUserRowAsync(command.User, ct) is not { } user)
        {
            return new UserNotFound(command.User);
        }

        var identity = await db.FindIdentityAsync(command.Issuer, command.SubjectName, ct);
        if (identity is null || identity.UserId != user.Id)
        {
            return new ExternalIdentityNotFound(command.Issuer, command.SubjectName);
        }

        db.Remove(identity);
        user.Touch(envelope.Now);
        await db.AnnounceAsync(user.Id, ct);
        var unlinked = new IdentityUnlinked(user.Id, command.Issuer, command.SubjectName);
        db.Raise(unlinked);
        return unlinked;
    }
}
