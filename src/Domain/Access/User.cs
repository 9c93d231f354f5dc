using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

public enum UserStatus
{
    Active,

    /// <summary>May not sign in, and nothing that was signed in before works.</summary>
    Locked,
}

/// <summary>
/// An account: a person's, a device's, another system's or a model's. Rows it may see and touch belong to the account, not to
/// a role: one question has one answer, and a person with two scopes is given two accounts that share the person.
/// </summary>
public sealed class User
{
    private User()
    {
    }

    public UserId Id { get; private set; }

    /// <summary>What is typed to sign in; small letters.</summary>
    public string Login { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public ActorKind Kind { get; private set; }

    /// <summary>The human being behind it; accounts of one person share it.</summary>
    public Guid PersonId { get; private set; }

    public UserStatus Status { get; private set; }

    public string? LockReason { get; private set; }

    /// <summary>Null stands for every one.</summary>
    public Guid[]? LegalEntities { get; private set; }

    /// <summary>Null stands for every one.</summary>
    public Guid[]? Warehouses { get; private set; }

    /// <summary>Null stands for every one; a supplier's own people have theirs here.</summary>
    public Guid[]? Suppliers { get; private set; }

    /// <summary>Tokens that were given out elsewhere before this moment are good for nothing.</summary>
    public DateTimeOffset? TokensSince { get; private set; }

    /// <summary>Grows with every change of what the account may do, so that whoever remembers it can tell.</summary>
    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static User Create(UserCreated created) => new()
    {
        Id = created.User,
        Login = created.Login,
        Name = created.Name,
        Kind = created.Kind,
        PersonId = created.Person,
        Status = UserStatus.Active,
        LegalEntities = created.Rows.EntitiesOrNull(),
        Warehouses = created.Rows.WarehousesOrNull(),
        Suppliers = created.Rows.SuppliersOrNull(),
        Version = 1,
        CreatedAt = created.At,
        UpdatedAt = created.At,
    };

    internal void Apply(UserLocked locked, DateTimeOffset at)
    {
        TokensSince = at;
        Set(UserStatus.Locked, locked.Reason, at);
    }

    internal void Apply(UserUnlocked _, DateTimeOffset at) => Set(UserStatus.Active, reason: null, at);

    internal void Apply(RowScopeChanged changed, DateTimeOffset at)
    {
        LegalEntities = changed.Rows.EntitiesOrNull();
        Warehouses = changed.Rows.WarehousesOrNull();
        Suppliers = changed.Rows.SuppliersOrNull();
        Touch(at);
    }

    /// <summary>Something that the account rests on changed: a role, a password, its sessions.</summary>
    internal void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }

    /// <summary>Everybody who was let in under this account has to come again.</summary>
    internal void TakeBack(DateTimeOffset at)
    {
        TokensSince = at;
        Touch(at);
    }

    private void Set(UserStatus status, string? reason, DateTimeOffset at)
    {
        Status = status;
        LockReason = reason;
        Touch(at);
    }
}

/// <summary>That somebody has a role, and who gave it.</summary>
public sealed class RoleGrant
{
    private RoleGrant()
    {
    }

    public UserId UserId { get; private set; }

    public Role Role { get; private set; }

    public Guid GrantedBy { get; private set; }

    public DateTimeOffset GrantedAt { get; private set; }

    internal static RoleGrant Of(UserId user, Role role, Envelope envelope) =>
        new() { UserId = user, Role = role, GrantedBy = envelope.Actor.Id, GrantedAt = envelope.Now };
}
