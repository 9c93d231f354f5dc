namespace Platform.Domain.Stewardship;

/// <summary>The one role that decides about a field group.</summary>
public sealed class FieldGroupOwner
{
    private FieldGroupOwner()
    {
    }

    public RecordKind RecordKind { get; private set; }

    public FieldGroup FieldGroup { get; private set; }

    public string OwnerRole { get; private set; } = string.Empty;

    /// <summary>The permission that holding the role gives.</summary>
    public static string PermissionOf(string role) => $"steward.{role}";

    internal static bool Decides(FieldGroupOwner? owner, IReadOnlySet<string> permissions) =>
        owner is null || permissions.Contains(PermissionOf(owner.OwnerRole));

    internal void Apply(FieldGroupAssigned assigned) => OwnerRole = assigned.OwnerRole;
}
