using Platform.Api.Reading.Declaring;
using Platform.Domain.Access;

namespace Platform.Api.Access;

// What opens a door is shown to nobody: hashes of tokens, secrets and passwords are no columns here. Accounts belong to no
// rows; whoever is limited to rows sees none, because PostgreSQL shows them none.
internal sealed class UserType : Readable<User>
{
    public UserType()
        : base("User", "users", "access.read")
    {
        Shared();
        Column(row => row.Login);
        Column(row => row.Name, "What others read.");
        Column(row => row.Kind, "A person, a device, another system or a model.");
        Column(row => row.PersonId);
        Column(row => row.Status, "Whether it may sign in.");
        Column(row => row.LockReason, "Why it may not.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Login);
        Many<RoleGrant>("roles", row => row.UserId, "What it is for.");
        Many<Session>("sessions", row => row.UserId, "Its sign-ins.");
        Many<ApiKey>("apiKeys", row => row.UserId, "Its keys for machines.");
        Many<ExternalIdentity>("identities", row => row.UserId, "Who it is at identity providers elsewhere.");
    }
}

internal sealed class RoleGrantType : Readable<RoleGrant>
{
    public RoleGrantType()
        : base("RoleGrant", "roleGrants", "access.read")
    {
        Shared();
        Column(row => row.Role, "The role.");
        Column(row => row.GrantedBy, "The account of whoever gave it.");
        Column(row => row.GrantedAt, "Since when.");
        One<User>("user", row => row.UserId, "Who has it.");
    }
}

internal sealed class SessionType : Readable<Session>
{
    public SessionType()
        : base("Session", "sessions", "access.read")
    {
        Shared();
        Column(row => row.Kind, "A token in a header or a browser's cookie.");
        Column(row => row.StartedAt, "When somebody signed in.");
        Column(row => row.ExpiresAt);
        Column(row => row.EndsAt);
        Column(row => row.EndedAt, "When it ended before its time.");
        Column(row => row.EndReason, "Why it did.");
        Column(row => row.Address);
        Column(row => row.UserAgent, "The program it was opened with, as it calls itself.");
        One<User>("user", row => row.UserId, "Who signed in.");
    }
}

internal sealed class ApiKeyType : Readable<ApiKey>
{
    public ApiKeyType()
        : base("ApiKey", "apiKeys", "access.read")
    {
        Shared();
        Column(row => row.Name, "What it is called.");
        Column(row => row.Prefix);
        Column(row => row.CreatedAt);
        Column(row => row.ExpiresAt, "When it ends.");
        Column(row => row.RevokedAt, "When it was or will be ended before its time.");
        Column(row => row.LastUsedAt);
        One<User>("user", row => row.UserId, "Whom it acts as.");
    }
}

internal sealed class ExternalIdentityType : Readable<ExternalIdentity>
{
    public ExternalIdentityType()
        : base("ExternalIdentity", "externalIdentities", "access.read")
    {
        Shared();
        Column(row => row.Issuer, "The identity provider.");
        Column(row => row.SubjectName, "Who it is there.");
        Column(row => row.LinkedAt, "Since when it opens the account.");
        One<User>("user", row => row.UserId, "Whose it is.");
    }
}
