using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

public sealed record UserNotFound(UserId User) : DomainError
{
    public override string Message => $"There is no user {User}.";
}

public sealed record LoginTaken(string Login) : DomainError
{
    public override string Message => $"The login {Login} belongs to somebody else.";
}

/// <summary>Nobody changes what they may do themselves.</summary>
public sealed record OwnAccess(UserId User) : DomainError
{
    public override string Message => "Nobody changes their own access: ask another administrator.";
}

public sealed record UserStatusWrong(UserId User, UserStatus Status) : DomainError
{
    public override string Message => $"User {User} is {(Status is UserStatus.Locked ? "locked" : "active")}.";
}

public sealed record RoleAlreadyHeld(UserId User, Role Role) : DomainError
{
    public override string Message => $"User {User} is {Role} already.";
}

public sealed record RoleNotHeld(UserId User, Role Role) : DomainError
{
    public override string Message => $"User {User} is not {Role}.";
}

public sealed record RolesConflict(Role Held, Role Wanted, string Why) : DomainError
{
    public override string Message => $"One person is not both {Held} and {Wanted}: {Why}.";
}

/// <summary>Without an administrator nobody could give access again.</summary>
public sealed record LastAdministrator(UserId User) : DomainError
{
    public override string Message => $"User {User} is the last administrator.";
}

/// <summary>A supplier's people see what concerns their company; without a company that would be everybody's.</summary>
public sealed record SupplierRowsMissing(UserId User) : DomainError
{
    public override string Message => "Who works for a supplier must be limited to that supplier's rows.";
}

public sealed record RowLimitUnknown(string Field, Guid Id) : DomainError
{
    public override string Message => $"{Field} names {Id}, which does not exist.";
}

public sealed record PersonNotFound(UserId SamePersonAs) : DomainError
{
    public override string Message => $"There is no user {SamePersonAs} to share a person with.";
}

/// <summary>The session is not there, not yours, or over.</summary>
public sealed record SessionNotFound(SessionId Session) : DomainError
{
    public override string Message => $"There is no open session {Session}.";
}

public sealed record ApiKeyNotFound(ApiKeyId ApiKey) : DomainError
{
    public override string Message => $"There is no API key {ApiKey}.";
}

public sealed record ApiKeyEnded(ApiKeyId ApiKey, DateTimeOffset EndedAt) : DomainError
{
    public override string Message => $"API key {ApiKey} ended at {EndedAt:O}.";
}

/// <summary>Two active keys of one name are enough for a rotation.</summary>
public sealed record TooManyApiKeys(UserId User, int Active, int Most) : DomainError
{
    public override string Message => $"User {User} has {Active} active API keys, and no more than {Most}.";
}

public sealed record ExternalIdentityTaken(string Issuer, string Subject) : DomainError
{
    public override string Message => $"The identity {Subject} of {Issuer} belongs to a user already.";
}

public sealed record ExternalIdentityNotFound(string Issuer, string Subject) : DomainError
{
    public override string Message => $"The identity {Subject} of {Issuer} belongs to no such user.";
}
